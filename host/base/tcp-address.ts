/** Where to connect to or to listen at: a name or number, and a port up to 65535. */
export interface TcpAddress {
    host: string
    port: number
}
