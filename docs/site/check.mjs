// SPDX-License-Identifier: Apache-2.0
// Looks for links of the built site that lead nowhere, and for anything that a page would load from another host.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

const html = join(dirname(new URL(import.meta.url).pathname), 'target/html')
const files = (folder) =>
  readdirSync(join(html, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(posix.join(folder, entry.name)) : [posix.join(folder, entry.name)])

const all = files('')
const faults = []
const ids = new Map()
const idsOf = (page) => {
  if (!ids.has(page)) {
    ids.set(page, new Set([...readFileSync(join(html, page), 'utf8').matchAll(/ id="([^"]+)"/g)].map((id) => id[1])))
  }
  return ids.get(page)
}

let links = 0
for (const page of all.filter((file) => file.endsWith('.html') && file !== '404.html')) {
  const text = readFileSync(join(html, page), 'utf8')
  for (const [, to] of text.matchAll(/<a [^>]*href="([^"]*)"/g)) {
    if (/^[a-z]+:/.test(to)) continue
    links++
    const [path, anchor] = to.split('#')
    let file = path === '' ? page : posix.normalize(path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(page), path))
    if (file === '' || file === '.' || file.endsWith('/')) file = posix.join(file, 'index.html')
    if (!existsSync(join(html, file)) && existsSync(join(html, `${file}.html`))) file += '.html'
    if (!existsSync(join(html, file)) || statSync(join(html, file)).isDirectory()) faults.push(`${page}: ${to} leads nowhere`)
    else if (anchor && !idsOf(file).has(decodeURIComponent(anchor))) faults.push(`${page}: ${to}: no such heading`)
  }
  for (const [, from] of text.matchAll(/<(?:script|img|source|iframe)[^>]* src="(https?:[^"]*)"/g)) faults.push(`${page}: loads ${from}`)
  for (const [, from] of text.matchAll(/<link[^>]* href="(https?:[^"]*)"/g)) faults.push(`${page}: loads ${from}`)
}
for (const file of all.filter((name) => name.endsWith('.css'))) {
  for (const [, from] of readFileSync(join(html, file), 'utf8').matchAll(/(?:url\(|@import )["']?(https?:[^"')]*)/g)) faults.push(`${file}: loads ${from}`)
}
faults.forEach((fault) => console.error(`check: ${fault}`))
console.log(`check: ${all.filter((file) => file.endsWith('.html')).length} pages, ${links} links, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
