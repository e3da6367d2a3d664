import { Wifi } from "@devicescript/core"

const wifi = new Wifi()
const tell = async (what: string) => {
    const address = await wifi.ipAddress.read()
    console.log(what, address.length)
}
wifi.gotIp.subscribe(async () => await tell("got"))
wifi.lostIp.subscribe(async () => await tell("lost"))
