internal import COddityKernels
internal import OddityLinearAlgebra

/// z = μ + e^(v/2)·ε from 2·`outputSize` columns (μ, v), and its divergence as more loss.
struct Variational: Layer {
    let outputSize: Int
    let klWeight: Float
    let warmUpSteps: Int
    let meanL1: Float
    let freeBits: Float

    var inputSize: Int { 2 * outputSize }
    var addsPenalty: Bool { true }

    /// Log variances end here on both sides; beyond, their gradient is 0.
    static let logVarianceLimit: Float = 20

    /// A log variance within the limit; NaN stays.
    @inline(__always)
    static func limited(_ logVariance: Float) -> Float {
        let above = logVariance < -logVarianceLimit ? -logVarianceLimit : logVariance
        return above > logVarianceLimit ? logVarianceLimit : above
    }

    /// The divergence's weight in a step, counted from 0.
    func weight(step: Int) -> Float {
        step < warmUpSteps ? klWeight * Float(Double(step) / Double(warmUpSteps)) : klWeight
    }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedVariational(self, place) }
}

final class PlannedVariational: PlannedLayer {
    private let layer: Variational
    private let number: Int
    private let outputs: AlignedBuffer
    /// e^(v/2), a row after the other.
    private let deviations: AlignedBuffer
    /// ε; in scoring one row, which all rows share.
    private let noise: AlignedBuffer
    private var divergence = 0.0
    private var meanMagnitude = 0.0

    let output: UnsafeMutablePointer<Float>

    init(_ layer: Variational, _ place: LayerPosition) {
        self.layer = layer
        number = place.number
        let count = place.rowCapacity * layer.outputSize
        outputs = AlignedBuffer(count: count)
        deviations = AlignedBuffer(count: count)
        noise = AlignedBuffer(count: place.keepsAllOutputs ? layer.outputSize : count)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let n = layer.outputSize
        if let training = pass.training {
            findDeviations(input, rowCount: rowCount)
            LayerRandom.fillNormal(
                noise.baseAddress,
                count: rowCount * n,
                seed: training.seed,
                use: LayerRandom.noise,
                index: training.streamIndex(ofLayer: number)
            )
            sample(input, rowCount: rowCount, noiseStride: n)
            measure(input, rowCount: rowCount, training)
        } else if let draw = pass.draw {
            findDeviations(input, rowCount: rowCount)
            LayerRandom.fillNormal(
                noise.baseAddress,
                count: n,
                seed: draw.seed,
                use: LayerRandom.draws,
                index: draw.streamIndex(ofLayer: number)
            )
            sample(input, rowCount: rowCount, noiseStride: 0)
        } else {
            for r in 0..<rowCount { (output + r * n).update(from: input + 2 * r * n, count: n) }
        }
    }

    private func findDeviations(_ input: UnsafePointer<Float>, rowCount: Int) {
        let n = layer.outputSize
        let deviations = deviations.baseAddress
        for r in 0..<rowCount {
            let v = input + (2 * r + 1) * n
            let halves = deviations + r * n
            for j in 0..<n { halves[j] = 0.5 * Variational.limited(v[j]) }
        }
        oddity_exp(deviations, deviations, rowCount * n)
    }

    private func sample(_ input: UnsafePointer<Float>, rowCount: Int, noiseStride: Int) {
        let n = layer.outputSize
        for r in 0..<rowCount {
            let mean = input + 2 * r * n
            let deviation = deviations.baseAddress + r * n
            let e = noise.baseAddress + r * noiseStride
            let z = output + r * n
            for j in 0..<n { z[j] = mean[j] + deviation[j] * e[j] }
        }
    }

    /// The penalties of the rows.
    private func measure(_ input: UnsafePointer<Float>, rowCount: Int, _ training: TrainingPass) {
        let n = layer.outputSize
        let freeBits = layer.freeBits
        var nats = 0.0
        var magnitudes = 0.0
        for r in 0..<rowCount {
            let mean = input + 2 * r * n
            let deviation = deviations.baseAddress + r * n
            var rowNats: Float = 0
            for j in 0..<n {
                let logVariance = Variational.limited(mean[n + j])
                let variance = deviation[j] * deviation[j]
                let found = 0.5 * (mean[j] * mean[j] + variance - 1 - logVariance)
                rowNats += found < freeBits ? freeBits : found
            }
            nats += Double(rowNats)
            magnitudes += oddity_sum_of_magnitudes(mean, n)
        }
        let share = 1 / Double(training.batchRowCount)
        divergence = Double(layer.weight(step: training.step)) * share * nats
        meanMagnitude = Double(layer.meanL1) * share * magnitudes
    }

    func addPenalties(to penalties: inout LossPenalties) {
        penalties.divergence += divergence
        penalties.meanMagnitude += meanMagnitude
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        guard let inputGradient, let training = pass.training else { return }
        let n = layer.outputSize
        let freeBits = layer.freeBits
        let weight = layer.weight(step: training.step) / Float(training.batchRowCount)
        let l1 = layer.meanL1 / Float(training.batchRowCount)
        for r in 0..<rowCount {
            let mean = input + 2 * r * n
            let logVariance = mean + n
            let deviation = deviations.baseAddress + r * n
            let e = noise.baseAddress + r * n
            let g = gradient + r * n
            let meanGradient = inputGradient + 2 * r * n
            let logVarianceGradient = meanGradient + n
            for j in 0..<n {
                let m = mean[j]
                let v = Variational.limited(logVariance[j])
                let variance = deviation[j] * deviation[j]
                let nats = 0.5 * (m * m + variance - 1 - v)
                let cost = nats < freeBits ? 0 : weight
                meanGradient[j] = g[j] + cost * m + (m > 0 ? l1 : (m < 0 ? -l1 : 0))
                let slope = 0.5 * (g[j] * deviation[j] * e[j] + cost * (variance - 1))
                logVarianceGradient[j] = v == logVariance[j] ? slope : 0
            }
        }
    }
}
