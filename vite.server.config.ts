// Builds the server and the terminal program into dist/; packages stay outside and are loaded from node_modules, but for
// those that draw pages: in one piece they are loaded in a tenth of the time.
import { existsSync } from 'node:fs'
import { defineConfig } from 'vite'

const entries = {
  start: 'src/main/start.ts',
  cli: 'src/main/cli/rungs.ts',
  measure: 'src/main/measure-package.ts',
  'first-paint': 'src/main/web/first-paint.tsx',
}

export default defineConfig({
  publicDir: false,
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  ssr: {
    noExternal: [/^@mantine\//, /^@tanstack\//, /^react(-dom)?(\/|$)/, /^@orpc\/tanstack-query/, /^use-/],
  },
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
      output: { entryFileNames: '[name].js', chunkFileNames: 'server/[name]-[hash].js' },
    },
  },
})
