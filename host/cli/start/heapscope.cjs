#!/usr/bin/env node
// What `heapscope` starts: the built command, or one sentence where that cannot run.
const { existsSync } = require("node:fs")
const { join } = require("node:path")

const NEEDED = 20
const folder = join(__dirname, "../../..")
const command = join(folder, "dist", "cli.cjs")

function refuse(why) {
    process.stderr.write(`heapscope: ${why}\n`)
    process.exitCode = 2
}

if (Number(process.versions.node.split(".")[0]) < NEEDED)
    refuse(`it needs Node ${NEEDED} or later, and this is ${process.versions.node}.`)
else if (!existsSync(command))
    refuse(
        `it is not built, as after an install with --ignore-scripts: run "npm run prepare" in ${folder}.`,
    )
else require(command)
