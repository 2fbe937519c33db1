// The program that npm start runs.
import { runServer } from './run-server.ts'

process.exit(await runServer(process.argv.slice(2), process.env))
