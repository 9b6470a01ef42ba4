// SPDX-License-Identifier: Apache-2.0
// How VitePress builds the site. assemble.mjs copies this file to where VitePress looks for it.
import { slug } from './slug.mjs'

const page = (text, link) => ({ text, link })

export default {
  title: 'nat64',
  description: 'A NAT64/DNS64 gateway: IPv6-only hosts reach IPv4-only hosts.',
  lang: 'en',
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  // Raw HTML is text: pages have things like <address of this host>.
  markdown: { html: false, anchor: { slugify: slug }, toc: { slugify: slug }, headers: { slugify: slug } },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [page('Documentation', '/docs/'), page('How-to', '/docs/how-to/'), page('Labs', '/docs/labs/')],
    sidebar: [
      {
        text: 'Learn',
        items: [
          page('Overview', '/'),
          page('Quick start', '/docs/quick-start'),
          page('How a packet travels', '/docs/packet-path'),
          page('Why not mapped addresses', '/docs/why-not-mapped-addresses'),
          page('Labs', '/docs/labs/'),
        ],
      },
      {
        text: 'Do',
        items: [
          page('How-to guides', '/docs/how-to/'),
          page('Log of bindings', '/docs/how-to/binding-log'),
          page('Deployment', '/docs/deployment'),
          page('Monitoring', '/docs/how-to/monitoring'),
          page('Troubleshooting', '/docs/troubleshooting'),
          page('Debug a packet', '/docs/debugging'),
          page('Sizing', '/docs/sizing'),
        ],
      },
      {
        text: 'Look up',
        items: [
          page('Configuration', '/docs/configuration'),
          page('Metrics', '/docs/metrics'),
          page('DNS64', '/docs/dns64'),
          page('SIIT and CLAT', '/docs/siit-and-clat'),
          page('Conformance', '/docs/conformance'),
          page('Glossary', '/docs/glossary'),
        ],
      },
      {
        text: 'Understand',
        items: [
          page('Security', '/docs/SECURITY'),
          page('Comparison', '/docs/comparison'),
          page('Benchmarks', '/docs/benchmarks'),
          page('Architecture', '/docs/architecture'),
          page('Decisions', '/docs/decisions/'),
          page('Changes', '/CHANGELOG'),
        ],
      },
    ],
  },
}
