// Loaded before the command line: ptys have no USB vendor, so these are given one. All else is real.
import { SerialPort } from "serialport"

const paths = process.env.TEST_PORTS.split(",")
SerialPort.list = () =>
    Promise.resolve(
        paths.map((path, index) => ({ path, vendorId: "2e8a", serialNumber: `E6-${index + 1}` })),
    )
