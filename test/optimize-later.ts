import { optimizeLater } from "../host/base/node/optimize-later"

optimizeLater()
