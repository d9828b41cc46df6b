internal import OddityLinearAlgebra

/// A larger image: each output point is a weighted sum of up to four input points.
struct UpsamplingLayer: Layer {
    let plane: Plane
    let channels: Int
    let factor: Plane
    let interpolation: Interpolation

    init(factor: PerAxis, interpolation: Interpolation, on shape: Shape) {
        plane = Plane(of: shape)
        channels = shape.channels
        self.factor = Plane(factor, axisCount: shape.extents.count, flat: 1)
        self.interpolation = interpolation
    }

    var inputSize: Int { plane.count * channels }
    var outputSize: Int { inputSize * factor.count }
    var isSpatial: Bool { true }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedUpsampling(self, place) }
}

final class PlannedUpsampling: PlannedLayer {
    private let layer: UpsamplingLayer
    private let lines: [UpsamplingTap]
    private let columns: [UpsamplingTap]
    private let outputs: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: UpsamplingLayer, _ place: LayerPosition) {
        self.layer = layer
        lines = UpsamplingTap.all(
            size: layer.plane.height,
            factor: layer.factor.height,
            layer.interpolation
        )
        columns = UpsamplingTap.all(
            size: layer.plane.width,
            factor: layer.factor.width,
            layer.interpolation
        )
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let channels = layer.channels
        let isNearest = layer.interpolation == .nearest
        forEachPoint(rowCount) { point, corners, weights in
            let y = output + point
            let (a, b) = (input + corners.0, input + corners.1)
            let (c, d) = (input + corners.2, input + corners.3)
            if isNearest {
                for i in 0..<channels { y[i] = a[i] }
            } else {
                for i in 0..<channels {
                    let upper = weights.0 * a[i] + weights.1 * b[i]
                    y[i] = upper + (weights.2 * c[i] + weights.3 * d[i])
                }
            }
        }
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        guard let inputGradient else { return }
        let channels = layer.channels
        let isNearest = layer.interpolation == .nearest
        inputGradient.update(repeating: 0, count: rowCount * layer.inputSize)
        forEachPoint(rowCount) { point, corners, weights in
            let g = gradient + point
            /// Corners may be the same point, so they are taken one after the other.
            func add(_ corner: Int, _ weight: Float) {
                let d = inputGradient + corner
                for i in 0..<channels { d[i] += weight * g[i] }
            }
            add(corners.0, weights.0)
            guard !isNearest else { return }
            add(corners.1, weights.1)
            add(corners.2, weights.2)
            add(corners.3, weights.3)
        }
    }

    private typealias Four<Value> = (Value, Value, Value, Value)

    /// Calls `body` with where each output point lies, where its four input points lie, and their weights.
    @inline(__always)
    private func forEachPoint(_ rowCount: Int, _ body: (Int, Four<Int>, Four<Float>) -> Void) {
        let channels = layer.channels
        let lineLength = layer.plane.width * channels
        var point = 0
        for row in 0..<rowCount {
            let start = row * layer.inputSize
            for line in lines {
                let low = start + line.low * lineLength
                let high = start + line.high * lineLength
                for column in columns {
                    let left = column.low * channels
                    let right = column.high * channels
                    body(
                        point,
                        (low + left, low + right, high + left, high + right),
                        (
                            line.lowWeight * column.lowWeight, line.lowWeight * column.highWeight,
                            line.highWeight * column.lowWeight, line.highWeight * column.highWeight
                        )
                    )
                    point += channels
                }
            }
        }
    }
}

/// Which two input points an output point lies between along one axis.
struct UpsamplingTap: Sendable {
    let low: Int
    let high: Int
    let highWeight: Float

    var lowWeight: Float { 1 - highWeight }

    static func all(size: Int, factor: Int, _ interpolation: Interpolation) -> [UpsamplingTap] {
        (0..<(size * factor)).map { i in
            guard interpolation == .linear else {
                return UpsamplingTap(low: i / factor, high: i / factor, highWeight: 0)
            }
            let place = max(0, (Double(i) + 0.5) / Double(factor) - 0.5)
            let low = min(Int(place), size - 1)
            let high = min(low + 1, size - 1)
            return UpsamplingTap(
                low: low,
                high: high,
                highWeight: high == low ? 0 : Float(place - Double(low))
            )
        }
    }
}
