// SPDX-License-Identifier: Apache-2.0
// Copies the pages of the repository to target/source, as VitePress wants them: README.md becomes index.md, and files that
// are no pages are copied, too, where a page links to them.
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve } from 'node:path'

const site = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname)
const repository = resolve(site, '../..')
const source = join(site, 'target/source')
const copied = new Set()

const files = (folder) =>
  readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (path === 'docs/site') return []
    return entry.isDirectory() ? files(path) : [path]
  })

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...files('docs').filter((file) => file.endsWith('.md'))]
const isPage = new Set(pages)
const isImage = (file) => /\.(svg|png)$/.test(file)
const target = (page) => page.replace(/(^|\/)README\.md$/, '$1index.md')

function write(path, text) {
  const file = join(source, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

// An image as it is, any other file as plain text that a browser shows; a folder as a page that lists its files.
function shown(path) {
  const isFolder = statSync(join(repository, path)).isDirectory()
  const name = isImage(path) ? path : `${path}.txt`
  const place = isFolder ? `files/${path}/index.md` : `public/files/${name}`
  if (!copied.has(place)) {
    copied.add(place)
    if (isFolder) {
      const list = readdirSync(join(repository, path))
        .map((name) => posix.join(path, name))
        .filter((entry) => !statSync(join(repository, entry)).isDirectory())
        .map((entry) => `- [${posix.basename(entry)}](${shown(entry)})`)
      write(place, `# ${path}\n\n${list.join('\n')}\n`)
    } else {
      write(place, readFileSync(join(repository, path)))
    }
  }
  return isFolder ? `/files/${path}/` : `/files/${name}`
}

function link(page, target_) {
  if (/^[a-z]+:/.test(target_) || target_.startsWith('#')) return target_
  const [path, anchor] = target_.split('#')
  const file = posix.normalize(posix.join(posix.dirname(page), path)).replace(/\/$/, '')
  const hash = anchor ? `#${anchor}` : ''
  if (isPage.has(file)) return `/${target(file)}${hash}`
  if (isPage.has(`${file}/README.md`)) return `/${target(`${file}/README.md`)}${hash}`
  return shown(file)
}

function assembled(page) {
  let isCode = false
  return readFileSync(join(repository, page), 'utf8')
    .split('\n')
    .filter((line) => isCode || !/^<!--.*-->$/.test(line))
    .map((line) => {
      if (/^ *```/.test(line)) isCode = !isCode
      if (isCode) return line
      return line
        .split(/(`[^`]+`)/)
        .map((part) => (part.startsWith('`') ? part : part.replace(/(!?\[[^\]]*)?\]\(([^() ]+)\)/g, (whole, before, to) =>
          before?.startsWith('!') ? whole : `${before ?? ''}](${link(page, to)})`)))
        .join('')
    })
    .join('\n')
}

for (const page of pages) write(target(page), assembled(page))
for (const image of files('docs').filter(isImage)) cpSync(join(repository, image), join(source, image))
write('.vitepress/config.mjs', readFileSync(join(site, 'config.mjs'), 'utf8'))
write('.vitepress/slug.mjs', readFileSync(join(site, 'slug.mjs'), 'utf8'))
cpSync(join(site, 'theme'), join(source, '.vitepress/theme'), { recursive: true })
console.log(`assemble: ${pages.length} pages, ${copied.size} files, ${relative(process.cwd(), source)}`)
