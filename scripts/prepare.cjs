// Makes a clone ready to run: checks Node, installs when the lockfile changed, builds when the sources changed.
// Plain old JavaScript without dependencies, so that every Node can at least say what is missing.
'use strict'

var OLDEST = [20, 19]
var version = process.versions.node.split('.').map(Number)
if (version[0] < OLDEST[0] || (version[0] === OLDEST[0] && version[1] < OLDEST[1])) {
  fail('Rungs needs Node ' + OLDEST.join('.') + ' or newer; this is Node ' + process.versions.node + '.')
}

var childProcess = require('child_process')
var crypto = require('crypto')
var fs = require('fs')
var path = require('path')

var root = path.join(__dirname, '..')
var SOURCES = [
  'src',
  'recipes',
  'index.html',
  'public',
  'vite.config.ts',
  'vite.server.config.ts',
  'package-lock.json',
  'tsconfig.json',
]
var BUILDS = { 'vite.server.config.ts': '', 'vite.config.ts': 'web' }

function fail(sentence) {
  process.stderr.write('rungs: ' + sentence + '\n')
  process.exit(1)
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return undefined
  }
}

/** npm keeps what it installed in node_modules/.package-lock.json, written last: the two must agree. */
function isInstalled(withTools) {
  var wanted = readJson('package-lock.json')
  var present = readJson('node_modules/.package-lock.json')
  if (wanted === undefined || present === undefined) return false
  return Object.keys(wanted.packages).every(function (name) {
    var want = wanted.packages[name]
    var have = present.packages[name]
    if (name === '' || (want.dev && !withTools)) return true
    if (have === undefined) return Boolean(want.optional || want.devOptional || want.peer)
    return have.version === want.version
  })
}

function install(withTools) {
  say('installing packages (only when the lockfile changed) ...')
  var args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  var result = run('npm', withTools ? args : args.concat('--omit=dev'))
  if (result.error) fail('npm cannot be started: ' + result.error.message + '.')
  if (result.status !== 0) fail('npm ci failed; see above, then start again.')
}

function hashSources() {
  var hash = crypto.createHash('sha256')
  SOURCES.forEach(function (name) {
    addTo(hash, path.join(root, name))
  })
  return hash.digest('hex')
}

function addTo(hash, file) {
  var stat = fs.statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return
  if (stat.isDirectory()) {
    fs.readdirSync(file)
      .sort()
      .forEach(function (name) {
        addTo(hash, path.join(file, name))
      })
  } else if (!/\.test\.tsx?$/.test(file)) {
    hash.update(path.relative(root, file) + '\0')
    hash.update(fs.readFileSync(file))
    hash.update('\0')
  }
}

function isBuilt(hash) {
  var stamp = path.join(root, 'dist/.sources')
  return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash
}

/** Builds aside and renames, so that a build that fails leaves the last one as it was. */
function build(hash) {
  say('building (only when the sources changed) ...')
  var vite = path.join(root, 'node_modules/vite/bin/vite.js')
  var fresh = path.join(root, 'dist.new')
  fs.rmSync(fresh, { recursive: true, force: true })
  Object.keys(BUILDS).forEach(function (config) {
    var out = path.join(fresh, BUILDS[config])
    var args = [vite, 'build', '--config', config, '--outDir', out, '--logLevel', 'error']
    var result = run(process.execPath, args)
    if (result.status !== 0) fail('the build of ' + config + ' failed; see above.')
  })
  fs.writeFileSync(path.join(fresh, '.sources'), hash)
  fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true })
  fs.renameSync(fresh, path.join(root, 'dist'))
}

function run(program, args) {
  return childProcess.spawnSync(program, args, { cwd: root, stdio: ['ignore', 2, 2] })
}

function say(sentence) {
  process.stderr.write('rungs: ' + sentence + '\n')
}

/** start: what running needs, built. test: the tools as well. tools: everything, but nothing built. */
var purpose = process.argv[2] || 'start'
try {
  var withTools = purpose !== 'start'
  if (!isInstalled(withTools)) install(withTools)
  if (purpose !== 'tools') {
    var hash = hashSources()
    if (!isBuilt(hash)) build(hash)
  }
} catch (error) {
  fail('this folder cannot be made ready: ' + error.message + '.')
}
