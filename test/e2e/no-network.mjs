// Preloaded into a process: notes whoever it means to reach, in the file NETWORK_LOG, and lets it reach nobody.
import dns from "node:dns"
import { appendFileSync } from "node:fs"
import { syncBuiltinESMExports } from "node:module"

const note = text => appendFileSync(process.env.NETWORK_LOG, `${text}\n`)

// The one way to a socket of Node's: net, tls, http, fetch and every library end here.
const { TCP } = process.binding("tcp_wrap")
const { UDP } = process.binding("udp_wrap")
const { UV_ECONNREFUSED } = process.binding("uv")
for (const name of ["connect", "connect6"])
    TCP.prototype[name] = (_request, address, port) => {
        note(`tcp ${address}:${port}`)
        return UV_ECONNREFUSED
    }
for (const name of ["send", "send6", "connect", "connect6"])
    UDP.prototype[name] = () => {
        note("udp")
        return UV_ECONNREFUSED
    }

const unknown = host => Object.assign(new Error(`no ${host}`), { code: "ENOTFOUND" })
for (const name of Object.keys(dns).filter(name => /^(lookup|resolve|reverse)/.test(name))) {
    dns[name] = (host, ...rest) => {
        note(`dns ${host}`)
        process.nextTick(rest.at(-1), unknown(host))
    }
    if (name in dns.promises)
        dns.promises[name] = host => {
            note(`dns ${host}`)
            return Promise.reject(unknown(host))
        }
}
syncBuiltinESMExports()
