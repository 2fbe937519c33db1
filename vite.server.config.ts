// Builds the server and the terminal program into dist/; packages stay outside and are loaded from node_modules.
import { existsSync } from 'node:fs'
import { defineConfig } from 'vite'

const entries = {
  start: 'src/main/start.ts',
  cli: 'src/main/cli/rungs.ts',
  measure: 'src/main/measure-package.ts',
}

export default defineConfig({
  publicDir: false,
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
