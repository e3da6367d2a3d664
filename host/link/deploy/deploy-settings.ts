import type { JDService } from "jacdac-ts"
import { UserError } from "../../base/errors"
import type { Settings } from "../../model/program/program"
import { findService, type BoardBus } from "../jacdac/bus"

/** Names of the settings that are the credentials of a network rather than entries of their own. */
const WIFI = { name: "WIFI_SSID", password: "WIFI_PWD" }

/**
 * Gives a board the settings of a project, each acknowledged by the board, as the official tools do:
 * the credentials of a network to its WiFi service, all others to its settings.
 * @returns what could not be given, in words; empty most of the time
 * @throws UserError when the board keeps no settings, or does not take one
 */
export async function deploySettings(board: BoardBus, settings: Settings): Promise<string[]> {
    if (settings.size === 0) return []
    const { SRV_SETTINGS, SRV_WIFI, SettingsCmd, WifiCmd, jdpack } = await import("jacdac-ts")
    const keeper = await findService(board, SRV_SETTINGS, "settings service")
    const text = new TextDecoder()
    for (const [name, value] of settings)
        if (name !== WIFI.name && name !== WIFI.password)
            await send(keeper, SettingsCmd.Set, jdpack("z b", [name, value]), name)

    const network = settings.get(WIFI.name)
    if (!network) return []
    const wifi = keeper.device.services({ serviceClass: SRV_WIFI })
    if (wifi.length === 0) return [`${WIFI.name} was not given to the board: it has no WiFi.`]
    const password = settings.get(WIFI.password)
    const credentials = [network, password].map(value =>
        // A number is a fine password, too.
        value ? String(JSON.parse(text.decode(value))) : "",
    )
    for (const service of wifi)
        await send(service, WifiCmd.AddNetwork, jdpack("z z", credentials), WIFI.name)
    return []
}

async function send(
    service: JDService,
    command: number,
    data: Uint8Array,
    name: string,
): Promise<void> {
    try {
        await service.sendCmdAsync(command, data, true)
    } catch (error) {
        throw new UserError(
            "E_SETTING",
            `The board did not take the setting ${name}: ${(error as Error).message}. Is it still connected? Deploy again.`,
        )
    }
}
