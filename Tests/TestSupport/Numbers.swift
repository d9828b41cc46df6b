/// Numbers from 0 to below 1, the same on every run.
package struct Numbers {
    package var state: UInt64

    package init(state: UInt64) { self.state = state }

    package mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 40) / Double(1 << 24)
    }
}
