// SPDX-License-Identifier: Apache-2.0
// The status page: asks the admin API every two seconds, and shows what it answers.
'use strict';

const PERIOD = 2000;
const KEPT = 300; // points, ten minutes
const PROTOCOLS = ['tcp', 'udp', 'icmp'];
const $ = (selector, root = document) => root.querySelector(selector);
const history = [];
let reasons = {};
let last = null;

const COMPACT = new Intl.NumberFormat('en', {notation: 'compact'});
const number = (value, digits = 0) => value.toLocaleString('en', {maximumFractionDigits: digits});
const sum = (object) => Object.values(object || {}).reduce((total, value) => total + value, 0);

function element(tag, text, name) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
}

function row(...cells) {
  const made = document.createElement('tr');
  cells.forEach((cell) => made.append(cell instanceof Node ? cell : element('td', cell)));
  return made;
}

function duration(seconds) {
  const units = [['d', 86400], ['h', 3600], ['m', 60], ['s', 1]];
  const first = units.findIndex(([, length]) => seconds >= length);
  if (first < 0) return '0s';
  return units.slice(first, first + 2).map(([unit, length]) => {
    const count = Math.floor(seconds / length);
    seconds -= count * length;
    return count + unit;
  }).join(' ');
}

async function get(path) {
  const answer = await fetch(path, {cache: 'no-store'});
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.json();
}

/* -------------------------------------------------------------- health, rates and tables of the gateway */

function showHealth(status) {
  $('#version').textContent = status.version;
  $('#uptime').textContent = 'up ' + duration(status.uptime_seconds) + ', role ' + status.role;
  const good = status.ready && status.stuck.length === 0;
  $('#health').textContent = good ? 'ready' : 'not ready';
  $('#health').className = good ? 'good' : 'bad';
  document.title = good ? 'nat64' : 'nat64: not ready';
  const lines = [...status.stuck, ...status.missing];
  $('#missing').hidden = lines.length === 0;
  $('#missing ul').replaceChildren(...lines.map((line) => element('li', line)));
}

/** How fast the counters grow. */
function rates(before, now, seconds) {
  const per = (read) => Math.max(0, (read(now) - read(before)) / seconds);
  const tables = (stats, key) => PROTOCOLS.reduce((total, one) => total + (stats.translator?.tables?.[one]?.[key] ?? 0), 0);
  return {
    packets6: per((stats) => stats.translator?.from_ipv6.packets ?? 0),
    packets4: per((stats) => stats.translator?.from_ipv4.packets ?? 0),
    megabits6: per((stats) => stats.translator?.from_ipv6.octets ?? 0) * 8 / 1e6,
    megabits4: per((stats) => stats.translator?.from_ipv4.octets ?? 0) * 8 / 1e6,
    dropped: per((stats) => sum(stats.translator?.from_ipv6.dropped) + sum(stats.translator?.from_ipv4.dropped)),
    sessions: tables(now, 'sessions'),
    opened: per((stats) => tables(stats, 'created')),
    queries: per((stats) => sum(stats.dns64?.queries)),
    hits: per((stats) => stats.dns64?.packet_cache?.hits ?? 0),
  };
}

function showTiles(rate, stats) {
  const tiles = [];
  if (stats.translator) {
    tiles.push(['from IPv6', number(rate.megabits6, 1), 'Mbit/s', number(rate.packets6) + ' packets/s']);
    tiles.push(['from IPv4', number(rate.megabits4, 1), 'Mbit/s', number(rate.packets4) + ' packets/s']);
    tiles.push(['sessions', number(rate.sessions), '', number(rate.opened) + ' new/s']);
    tiles.push(['dropped', number(rate.dropped), 'packets/s', '']);
  }
  if (stats.dns64) {
    const share = rate.queries > 0 ? Math.min(100, 100 * rate.hits / rate.queries) : 0;
    tiles.push(['DNS queries', number(rate.queries), 'per second', number(share) + ' % from the cache']);
  }
  $('#tiles').replaceChildren(...tiles.map(([name, value, unit, more]) => {
    const tile = document.createElement('div');
    const shown = element('dd', value + ' ');
    shown.append(element('small', unit));
    tile.append(element('dt', name), shown);
    if (more) tile.append(element('dd', more, 'more'));
    return tile;
  }));
}

function showPool4(addresses) {
  $('#pool4').hidden = addresses.length === 0;
  $('#pool4 tbody').replaceChildren(...addresses.map((address) => {
    const free = PROTOCOLS.map((protocol) => address[protocol].free);
    const used = address.offered === 0 ? 0 : 1 - Math.min(...free) / address.offered;
    const bar = document.createElement('progress');
    bar.value = used;
    bar.setAttribute('aria-label', 'used');
    const cell = document.createElement('td');
    cell.append(bar, ' ' + number(100 * used, 1) + ' %');
    return row(address.address, cell, ...free.map((count) => element('td', number(count), 'number')),
      address.draining ? 'draining' : 'in use');
  }));
}

function showDns64(stats) {
  $('#dns64').hidden = !stats;
  if (!stats) return;
  $('#dns64 tbody').replaceChildren(
    ...Object.entries(stats.upstreams).map(([name, upstream]) => row(name,
      upstream.reliable === false ? 'does not answer' : 'answers',
      element('td', upstream.round_trip_seconds ? number(1000 * upstream.round_trip_seconds, 1) + ' ms' : '', 'number'))),
    ...Object.entries(stats.prefixes_up).map(([prefix, up]) => row('prefix ' + prefix, up ? 'announced' : 'withdrawn', '')));
}

function showDrops(before, now, seconds) {
  const rows = [];
  for (const side of ['from_ipv6', 'from_ipv4']) {
    for (const [reason, count] of Object.entries(now?.[side].dropped ?? {})) {
      const rate = Math.max(0, (count - (before?.[side].dropped[reason] ?? 0)) / seconds);
      if (count > 0) rows.push({reason, side, count, rate});
    }
  }
  rows.sort((a, b) => b.rate - a.rate || b.count - a.count);
  $('#drops').hidden = !now;
  $('#drops .none').hidden = rows.length > 0;
  $('#drops table').hidden = rows.length === 0;
  $('#drops tbody').replaceChildren(...rows.map((drop) => row(drop.reason, drop.side === 'from_ipv6' ? 'IPv6' : 'IPv4',
    element('td', number(drop.count), 'number'), element('td', number(drop.rate, 1), 'number'), reasons[drop.reason] ?? '')));
}

/* ------------------------------------------------------------------------------------------------- plots */

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const PLOTS = [
  {title: 'Mbit/s', lines: [['from IPv6', 'megabits6'], ['from IPv4', 'megabits4']]},
  {title: 'packets/s', lines: [['from IPv6', 'packets6'], ['from IPv4', 'packets4']]},
  {title: 'sessions', lines: [['sessions', 'sessions']]},
  {title: 'DNS queries/s', lines: [['queries', 'queries'], ['from the cache', 'hits']]},
];

function buildPlots(stats) {
  const box = $('.plots');
  box.replaceChildren();
  for (const plot of PLOTS) {
    plot.chart?.destroy();
    plot.chart = null;
    const isDns = plot.title.startsWith('DNS');
    if (isDns ? !stats.dns64 : !stats.translator) continue;
    const place = document.createElement('div');
    place.className = 'plot';
    place.append(element('h3', plot.title));
    box.append(place);
    const axis = {stroke: style('--quiet'), grid: {stroke: style('--line'), width: 1}, ticks: {stroke: style('--line')}, size: 60};
    plot.place = place;
    plot.chart = new uPlot({
      width: place.clientWidth - 26,
      height: 160,
      cursor: {drag: {x: false, y: false}},
      legend: {live: false},
      scales: {y: {range: (chart, low, high) => [0, Math.max(1, high * 1.1)]}},
      axes: [{...axis, size: 30}, {...axis, values: (chart, values) => values.map((value) => COMPACT.format(value))}],
      series: [{}, ...plot.lines.map(([label], index) => ({label, stroke: style(index ? '--two' : '--one'), width: 1.5,
        points: {show: false}}))],
    }, points(plot), place);
  }
}

function points(plot) {
  return [history.map((point) => point.at), ...plot.lines.map(([, key]) => history.map((point) => point[key]))];
}

function resizePlots() {
  PLOTS.forEach((plot) => plot.chart?.setSize({width: plot.place.clientWidth - 26, height: 160}));
}

/* ------------------------------------------------------------------------------- sessions and bindings */

const COLUMNS = {
  sessions: [['protocol', (one) => one.protocol], ['client', (one) => `[${one.client}]:${one.client_port}`],
    ['pool4', (one) => `${one.pool4}:${one.pool4_port}`],
    ['remote', (one) => one.remote + (one.remote_port === undefined ? '' : ':' + one.remote_port)],
    ['state', (one) => one.state ?? (one.answered ? 'answered' : 'unanswered')],
    ['age', (one) => duration(one.age_seconds)], ['expires in', (one) => duration(one.expires_in_seconds)]],
  bindings: [['protocol', (one) => one.protocol], ['client', (one) => `[${one.client}]:${one.client_port}`],
    ['pool4', (one) => `${one.pool4}:${one.pool4_port}`], ['sessions', (one) => number(one.sessions)],
    ['kind', (one) => one.static ? 'static' : 'dynamic']],
};

async function search(cursor) {
  const form = $('#tables form');
  const list = form.list.value;
  const parameters = new URLSearchParams();
  const address = form.address.value.trim();
  if (address) parameters.set(address.includes(':') ? 'client' : 'ipv4', address);
  if (form.port.value.trim()) parameters.set('port', form.port.value.trim());
  if (form.protocol.value) parameters.set('protocol', form.protocol.value);
  if (form.sort.value && list === 'sessions') parameters.set('sort', form.sort.value);
  if (cursor) parameters.set('cursor', cursor);
  const table = $('#tables table');
  try {
    const answer = await get(`/api/v1/${list}?${parameters}`);
    const rows = answer[list].map((one) => row(...COLUMNS[list].map(([, read]) => read(one))));
    $('thead', table).replaceChildren(row(...COLUMNS[list].map(([name]) => {
      const heading = element('th', name);
      heading.scope = 'col';
      return heading;
    })));
    if (cursor) $('tbody', table).append(...rows); else $('tbody', table).replaceChildren(...rows);
    table.hidden = $('tbody', table).childElementCount === 0;
    $('#tables .answer').textContent = table.hidden ? 'None.' : number($('tbody', table).childElementCount) + ' shown';
    $('#tables .more').hidden = !answer.next;
    $('#tables .more').onclick = () => search(answer.next);
  } catch (failure) {
    $('#tables .answer').textContent = failure.message;
    table.hidden = true;
    $('#tables .more').hidden = true;
  }
}

/* -------------------------------------------------------------------------------------------------- loop */

async function update() {
  try {
    const [status, stats] = await Promise.all([get('/api/v1/status'), get('/api/v1/stats')]);
    const at = performance.now() / 1000;
    showHealth(status);
    showDns64(stats.dns64);
    if (last) {
      const seconds = at - last.at;
      const rate = rates(last.stats, stats, seconds);
      history.push({at: Date.now() / 1000, ...rate});
      if (history.length > KEPT) history.shift();
      showTiles(rate, stats);
      showDrops(last.stats.translator, stats.translator, seconds);
      if (history.length === 1) buildPlots(stats);
      PLOTS.forEach((plot) => plot.chart?.setData(points(plot)));
    }
    last = {at, stats};
    if (stats.translator) await get('/api/v1/pool4?limit=20').then((answer) => showPool4(answer.pool4), () => showPool4([]));
  } catch (failure) {
    $('#health').textContent = 'no answer: ' + failure.message;
    $('#health').className = 'bad';
  }
  setTimeout(update, document.hidden ? 5 * PERIOD : PERIOD);
}

$('#tables form').addEventListener('submit', (event) => {
  event.preventDefault();
  search();
});
addEventListener('resize', resizePlots);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => last && buildPlots(last.stats));
get('/api/v1/drop-reasons').then((answer) => { reasons = answer; }, () => {});
update();
search();
