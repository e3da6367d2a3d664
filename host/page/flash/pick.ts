import { choosePort, filtersOf, orNothing } from "../../link/web-serial/choose-port"

/** What only some browsers have, and what they say of it (File System Access). */
interface DrivePicker {
    showDirectoryPicker?(options: {
        id: string
        mode: "readwrite"
    }): Promise<FileSystemDirectoryHandle>
}

/** Whether this browser lets one write to a drive. */
export function hasDrives(): boolean {
    return (window as DrivePicker).showDirectoryPicker !== undefined
}

/**
 * Has somebody choose a serial port.
 * @param ids of the USB devices that may lead to the board: `303a:1001`
 * @param any offers all there are instead
 * @throws NothingChosenError
 */
export function pickPort(ids: readonly string[], any: boolean): Promise<SerialPort> {
    return choosePort(
        any ? [] : filtersOf(ids),
        "A board that is not in the list is not in its boot mode, its cable is one for charging alone, or its USB chip is not known: then have all ports shown.",
    )
}

/** Has somebody choose a drive. @throws NothingChosenError */
export async function pickDrive(): Promise<FileSystemDirectoryHandle> {
    return orNothing(
        (window as DrivePicker).showDirectoryPicker!({ id: "boot-drive", mode: "readwrite" }),
        "No drive was chosen: nothing was done.",
    )
}
