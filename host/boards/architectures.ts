/**
 * The architectures DeviceScript has firmware for (`arch.json` of its board repositories), the chip
 * each runs on, and the board of ours that stands for it when only the chip is known.
 */
export const ARCHITECTURES: Readonly<Record<string, { chip: string; board: string }>> = {
    rp2040: { chip: "rp2040", board: "pico" },
    rp2040w: { chip: "rp2040", board: "pico_w" },
    esp32: { chip: "esp32", board: "esp32_devkit_c" },
    esp32s2: { chip: "esp32s2", board: "esp32s2_bare" },
    esp32c3: { chip: "esp32c3", board: "esp32c3_bare" },
    esp32s3: { chip: "esp32s3", board: "esp32s3_devkit_m" },
}
