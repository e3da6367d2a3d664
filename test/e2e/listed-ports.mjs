// Loaded before a command line: boards are found by their USB vendor, which a pty has none of. So these
// are given one; all else is real.
import { createRequire } from "node:module"

const { TEST_PORTS, TEST_PORTS_FOR = import.meta.url } = process.env
// The official command line brings a serial library of its own.
const { SerialPort } = createRequire(TEST_PORTS_FOR)("serialport")
SerialPort.list = () =>
    Promise.resolve(
        TEST_PORTS.split(",").map((path, index) => ({
            path,
            vendorId: "2e8a",
            serialNumber: `E6-${index + 1}`,
        })),
    )
