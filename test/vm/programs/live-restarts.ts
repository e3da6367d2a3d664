import { restart } from "@devicescript/core"
console.log("started")
const kept = Buffer.alloc(5000)
setTimeout(() => {
    console.log("restarting with " + kept.length)
    restart()
}, 500)
