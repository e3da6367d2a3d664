import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { siteParts } from "../../../host/playground/node/site-parts"
import { writeSite } from "../../../host/playground/node/write-site"
import { StaticHost } from "./static-host"

/** The playground as `heapscope site --out` writes it, on a plain host below a path of its own. */
export class ServedSite {
    private constructor(
        private readonly folder: string,
        private readonly host: StaticHost,
    ) {}

    static async start(): Promise<ServedSite> {
        const folder = mkdtempSync(join(tmpdir(), "heapscope-served-"))
        const site = join(folder, "site")
        writeSite(siteParts(), site, "site")
        return new ServedSite(folder, await StaticHost.start(site, "/some/where/"))
    }

    get address(): string {
        return this.host.address
    }

    async close(): Promise<void> {
        await this.host.close()
        rmSync(this.folder, { recursive: true, force: true })
    }
}
