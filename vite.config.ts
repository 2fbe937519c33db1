// Builds the web into dist/web, with hashed names and compressed copies; in development it stands before the server.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { NONCE_PLACEHOLDER } from './src/platform/http/nonce.ts'

const backend = {
  target: `http://127.0.0.1:${process.env['RUNGS_BACKEND_PORT'] ?? '7475'}`,
  // The host stays the browser's own, so that the server's check of the origin passes.
  changeOrigin: false,
}

/** Writes FILE.br and FILE.gz beside each text file of 1 kB or more, so that the server compresses nothing itself. */
function compressedCopies(): Plugin {
  let folder = ''
  return {
    name: 'compressed-copies',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    writeBundle() {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      for (const name of names.filter((each) => /\.(js|css|svg|json|map)$/.test(each))) {
        const file = join(folder, name)
        if (!statSync(file).isFile() || statSync(file).size < 1024) continue
        const content = readFileSync(file)
        const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 }
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params: quality }))
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
      }
    },
  }
}

export default defineConfig(({ command }) => ({
  plugins: [react(), compressedCopies()],
  // Its build for browsers needs a document, and ladders are read in a worker, which has none.
  resolve: {
    alias: {
      'decode-named-character-reference': resolve(
        import.meta.dirname,
        'node_modules/decode-named-character-reference/index.js',
      ),
    },
  },
  html: command === 'build' ? { cspNonce: NONCE_PLACEHOLDER } : {},
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: {
      output: {
        // Few files rather than one for each shared module: on a slow connection every request costs a way there and back.
        codeSplitting: {
          groups: [
            { name: 'start', tags: ['$initial'], priority: 3 },
            {
              name: 'parts',
              test: /node_modules.(@mantine|@floating-ui|@tanstack|react-)/,
              minShareCount: 2,
              priority: 2,
            },
            {
              name: 'screens',
              test: /src.(ui.(charts|components)|features.(assessments|frameworks|standings).ui)/,
              minShareCount: 2,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/rpc': backend, '/api': backend, '/healthz': backend, '/readyz': backend },
  },
}))
