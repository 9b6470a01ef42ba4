// SPDX-License-Identifier: Apache-2.0
// The section "Explain": what the gateway does with an address, a name or a packet, as /api/v1/explain tells.
// After #explain= in the address of the page, a subject is explained when the page is opened.
'use strict';

const VERDICTS = {
  translated: ['translated', 'good'], refused: ['refused', 'bad'], dropped: ['dropped', 'bad'],
  elsewhere: ['translated elsewhere', ''], untranslated: ['not translated', ''],
};
const PARTS = {prefix: 'prefix', ipv4: 'IPv4 address', u: 'bits 64 to 71, zero', suffix: 'suffix, ignored'};
const WITH_PORTS = ['tcp', 'udp'];
const explainer = $('#explain form');

function node(tag, name, ...children) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...children);
  return made;
}

function facts(pairs) {
  return node('dl', 'facts', ...pairs.filter(([, value]) => value).flatMap(([name, value]) =>
    [element('dt', name), value instanceof Node ? node('dd', '', value) : element('dd', value)]));
}

function list(items, tag = 'ul') {
  return node(tag, '', ...items.map((item) => item instanceof Node ? node('li', '', item) : element('li', item)));
}

function codes(texts) {
  return list(texts.map((text) => element('code', text)));
}

function steps(caption, headings, rows) {
  const table = node('table', 'steps', element('caption', caption),
    node('thead', '', row(...headings.map((heading) => {
      const cell = element('th', heading);
      cell.scope = 'col';
      return cell;
    }))),
    node('tbody', '', ...rows.map(([first, ...others]) => {
      const cell = element('th', first);
      cell.scope = 'row';
      return row(cell, ...others);
    })));
  return node('div', 'scroll', table);
}

/* ------------------------------------------------------------------------------------------ the answers */

/** The 16 octets of an address, by what they mean (RFC 6052, section 2.2). */
function layout(parts) {
  const figure = node('figure', 'layout', element('figcaption', 'Layout of the address, in octets (RFC 6052, section 2.2)'));
  const octets = node('div', 'octets');
  for (const {part, octets: of} of parts) {
    octets.append(node('div', 'part ' + part, node('span', '', ...of.map((octet) => element('code', octet))),
      element('small', PARTS[part])));
  }
  figure.append(octets);
  return figure;
}

function showAddress(address) {
  const mapping = address.mapping;
  const pref64 = mapping?.kind === 'pref64';
  const shown = [facts([
    ['address', element('code', address.address)],
    [pref64 ? 'Pref64' : 'Explicit Address Mapping', mapping && element('code', mapping.by)],
    [pref64 ? 'IPv4 address' : 'stands for', mapping && element('code', mapping.other)],
    [mapping ? 'which is' : 'it is', address.kind],
    ['special-purpose', address.global ? 'no (an ordinary global address)' : 'yes, or not a global address (RFC 6890)'],
    ['IPv6-only hosts use', address.instead.length > 0 && codes(address.instead)],
  ])];
  if (mapping?.layout.length) shown.push(layout(mapping.layout));
  shown.push(...address.lines.map((line) => element('p', line)));
  const [text, mood] = VERDICTS[address.verdict];
  return {verdict: text, mood, why: '', shown};
}

function showName({explanation: name, cached}) {
  const good = name.rcode === 'NOERROR' && name.answer.length > 0;
  const entries = cached.map((entry) => `${entry.type}: ${entry.kind}, ` + (entry.seconds_left >= 0
    ? `for ${duration(entry.seconds_left)} more` : 'expired; used only if no upstream answers'));
  return {
    verdict: `${name.rcode}, ${name.reason}`, mood: good ? 'good' : name.rcode === 'NOERROR' ? '' : 'bad',
    why: `${name.meaning} ${name.rule}.`,
    shown: [
      facts([['question', name.question], ['from client', name.client], ['view', name.view],
        ['answer', name.answer.length ? codes(name.answer) : 'no records'],
        ['cache', entries.length ? list(entries) : 'has nothing of this name'],
        ['counter', element('code', `dns64_answers_total{rcode="${name.rcode}",reason="${name.reason}",view="${name.view}"}`)]]),
      steps('Steps', ['step', 'finding', 'rule'], name.steps.map((step) => [step.name, step.finding, step.rule])),
    ],
  };
}

function showPacket({explanation: packet, sessions}) {
  const translated = packet.verdict === 'translated';
  return {
    verdict: translated ? 'translated' : `dropped: ${packet.reason}`, mood: translated ? 'good' : 'bad',
    why: `${packet.meaning} ${packet.rule}.`,
    shown: [
      facts([['packet', packet.packet],
        ['sent because of it', packet.sent.length ? list(packet.sent) : 'nothing'],
        ['counter', element('code', packet.counter)],
        ['sessions', sessions ? `copied from the running translator: ${number(sessions)}` : 'the running translator has none for it']]),
      steps('Steps', ['step', 'finding'], packet.steps.map((step) => [step.step, step.finding])),
      element('p', 'A copy of the packet went through the rules of this gateway, and through tables with its own sessions alone:'
        + ' limits of subscribers and full tables are not seen, and address and port of a new binding are an example.', 'none'),
    ],
  };
}

const SHOW = {address: showAddress, name: showName, packet: showPacket};

/* --------------------------------------------------------------------------------------------- the form */

function endpoint(address, port, withPorts) {
  const bare = address.trim().replace(/^\[|]$/g, '');
  const shown = bare.includes(':') ? `[${bare}]` : bare;
  return withPorts ? `${shown}:${port.trim()}` : shown;
}

function subject(form) {
  if (form.kind.value !== 'packet') return form[form.kind.value].value.trim();
  const withPorts = WITH_PORTS.includes(form.protocol.value);
  const source = endpoint(form.source.value, form.sport.value, withPorts);
  const destination = endpoint(form.destination.value, form.dport.value, withPorts);
  return `${form.protocol.value} ${source} -> ${destination} ${form.options.value}`.trim();
}

function showKind() {
  const kind = explainer.kind.value;
  explainer.querySelectorAll('[data-kind]').forEach((part) => {
    part.hidden = part.dataset.kind !== kind;
    part.querySelectorAll('input, select').forEach((field) => { field.disabled = part.hidden; });
  });
  const withPorts = WITH_PORTS.includes(explainer.protocol.value);
  [explainer.sport, explainer.dport].forEach((port) => { port.disabled = kind !== 'packet' || !withPorts; });
}

/** Puts a subject into the fields of its kind. */
function fill(text) {
  const packet = /^(\S+)\s+(\S+)\s*->\s*(\S+)\s*(.*)$/.exec(text);
  const kind = packet ? 'packet' : /^[^:]*[a-z][^:]*$/i.test(text) ? 'name' : 'address';
  explainer.kind.value = kind;
  if (!packet) {
    explainer[kind].value = text;
  } else {
    const [, protocol, source, destination, options] = packet;
    const ends = [source, destination].map((end) => /^\[?([^\]]*?)]?(?::(\d+))?$/.exec(end.includes('[') || !/:.*:/.test(end) ? end : `[${end}]`));
    explainer.protocol.value = protocol.toLowerCase();
    [explainer.source.value, explainer.sport.value = ''] = [ends[0]?.[1] ?? '', ends[0]?.[2] ?? ''];
    [explainer.destination.value, explainer.dport.value = ''] = [ends[1]?.[1] ?? '', ends[1]?.[2] ?? ''];
    explainer.options.value = options;
  }
  showKind();
}

async function explain() {
  const parameters = new URLSearchParams({subject: subject(explainer)});
  if (explainer.kind.value === 'name') {
    parameters.set('type', explainer.type.value);
    if (explainer.client.value.trim()) parameters.set('client', explainer.client.value.trim());
  }
  const answer = $('#explain .answer');
  const result = $('#explain .result');
  answer.textContent = 'asking';
  try {
    const explained = await get('/api/v1/explain?' + parameters);
    const {verdict, mood, why, shown} = SHOW[explained.kind](explained[explained.kind]);
    answer.replaceChildren(element('strong', verdict, mood), why ? ` ${why}` : '');
    result.replaceChildren(...shown);
    window.history.replaceState(null, '', '#explain=' + encodeURIComponent(parameters.get('subject')));
  } catch (failure) {
    answer.replaceChildren(element('strong', 'no explanation', 'bad'), ` ${failure.message}`);
    result.replaceChildren();
  }
}

function openLink() {
  if (!location.hash.startsWith('#explain=')) return;
  try {
    fill(decodeURIComponent(location.hash.slice('#explain='.length)).trim());
  } catch (malformed) {
    return;
  }
  explain().then(() => $('#explain').scrollIntoView());
}

explainer.addEventListener('submit', (event) => {
  event.preventDefault();
  explain();
});
explainer.addEventListener('change', showKind);
addEventListener('hashchange', openLink);
showKind();
openLink();
