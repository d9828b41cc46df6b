internal import COddityKernels
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPlatform

/// A scaled network made ready to measure tiles of 64 rows of features.
///
/// It has workspaces, so it serves one thread.
final class ScaledNetworkPlan {
    /// The least mean squared residual, in units of the features' mean variance: below it,
    /// differences are rounding.
    static let leastResidual = 1e-6

    private let source: ScaledNetwork
    private let plan: InferencePlan
    private let scaled: AlignedBuffer
    /// The outputs of a network whose own tiles have fewer rows.
    private let gathered: AlignedBuffer?
    private let codeLayer: Int?
    private let codeSize: Int
    /// The codes of the rows of the last tile, 64 × size of the code; nil when not wanted.
    let codes: AlignedBuffer?
    private var width: Int { plan.inputSize }

    /// - Parameter codeLayer: the position of the code among the layers, where codes are wanted.
    init(_ source: ScaledNetwork, codeLayer: Int? = nil) {
        self.codeLayer = codeLayer
        codeSize = codeLayer.map(source.network.description.outputSize(ofLayer:)) ?? 0
        codes =
            codeLayer == nil ? nil : AlignedBuffer(count: InferencePlan.tileRowCount * codeSize)
        self.source = source
        plan = InferencePlan(source.network)
        let count = InferencePlan.tileRowCount * source.network.inputSize
        scaled = AlignedBuffer(count: count)
        gathered =
            plan.tileRowCount < InferencePlan.tileRowCount ? AlignedBuffer(count: count) : nil
    }

    private var output: UnsafePointer<Float> {
        gathered.map { UnsafePointer($0.baseAddress) } ?? plan.output
    }

    /// Rebuilds the rows of a tile.
    ///
    /// - Parameters:
    ///   - rows: features as they are.
    ///   - count: at most 64.
    func rebuild(_ rows: UnsafePointer<Float>, count: Int) {
        source.scaling.apply(rows, count: count, into: scaled.baseAddress)
        guard let gathered else {
            plan.forward(scaled.baseAddress, count: count)
            keepCodes(fromRow: 0, count: count)
            return
        }
        for start in stride(from: 0, to: count, by: plan.tileRowCount) {
            let rowCount = min(plan.tileRowCount, count - start)
            plan.forward(scaled.baseAddress + start * width, count: rowCount)
            (gathered.baseAddress + start * width)
                .update(from: plan.output, count: rowCount * width)
            keepCodes(fromRow: start, count: rowCount)
        }
    }

    private func keepCodes(fromRow row: Int, count: Int) {
        guard let codes, let codeLayer else { return }
        (codes.baseAddress + row * codeSize)
            .update(from: plan.output(ofLayer: codeLayer), count: count * codeSize)
    }

    /// Writes the squared residual of each pixel of a row of the last tile, the mean over its channels, in the
    /// scale of the network.
    func writeSquaredErrors(
        ofRow row: Int,
        channels: Int,
        into map: UnsafeMutablePointer<Float>
    ) {
        let output = output + row * width
        let input = scaled.baseAddress + row * width
        let share = 1 / Float(channels)
        for pixel in 0..<width / channels {
            var sum: Float = 0
            for i in pixel * channels..<(pixel + 1) * channels {
                let error = output[i] - input[i]
                sum += error * error
            }
            map[pixel] = sum * share
        }
    }

    /// The mean squared residual of a row of the last tile, in the scale of the network.
    private func scaledError(ofRow row: Int) -> Double {
        let start = row * width
        let output = output + start
        let input = scaled.baseAddress + start
        return oddity_loss(ODDITY_SQUARED_ERROR, 0, output, input, nil, 0, width) / Double(width)
    }

    /// The logarithm of the mean squared residual of a row of the last tile, in the scale of the
    /// network.
    func logResidual(ofRow row: Int) -> Double {
        log(max(scaledError(ofRow: row), ScaledNetworkPlan.leastResidual))
    }

    /// The mean squared residual of a row of the last tile, in the features' own scale.
    func error(ofRow row: Int) -> Double {
        let factor = Double(source.scaling.factor)
        return scaledError(ofRow: row) / (factor * factor)
    }

    /// Writes input minus output of rows of the last tile, in the scale of the network.
    func writeErrors(count: Int, into errors: UnsafeMutablePointer<Float>) {
        let output = output
        let input = scaled.baseAddress
        for i in 0..<count * width { errors[i] = input[i] - output[i] }
    }

    /// Adds the reconstruction of a row of the last tile, in the features' own scale.
    func addReconstruction(ofRow row: Int, to sum: UnsafeMutablePointer<Float>) {
        let output = output + row * width
        let factor = 1 / source.scaling.factor
        source.scaling.mean.withUnsafeBufferPointer { mean in
            for j in 0..<mean.count { sum[j] += mean[j] + factor * output[j] }
        }
    }
}
