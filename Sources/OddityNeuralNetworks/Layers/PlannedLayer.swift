/// A layer with its workspaces, for batches of up to a fixed number of rows.
///
/// All matrices are row-major with `rowCount` rows. Nothing is allocated after planning.
protocol PlannedLayer: AnyObject {
    /// The result of the last ``forward(_:rowCount:pass:)``.
    var output: UnsafeMutablePointer<Float> { get }
    /// The result before a fused activation, where it was kept.
    var preactivation: UnsafeMutablePointer<Float>? { get }

    /// Computes ``output`` from the input.
    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass)

    /// Adds what the layer added to the loss in the last training pass.
    func addPenalties(to penalties: inout LossPenalties)

    /// Computes gradients, after a training pass on the same input.
    ///
    /// The gradient of the layer's own penalty belongs to it.
    ///
    /// - Parameters:
    ///   - input: what ``forward(_:rowCount:pass:)`` was given.
    ///   - gradient: the loss's gradient by ``output``; it is overwritten.
    ///   - inputGradient: where the gradient by the input goes, nil when nobody needs it.
    ///   - gradients: the flat gradient buffer. A layer overwrites its own part, or adds to what a
    ///     later layer with the same weight has written.
    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    )
}

extension PlannedLayer {
    var preactivation: UnsafeMutablePointer<Float>? { nil }
    func addPenalties(to penalties: inout LossPenalties) {}
}

/// What one pass through the layers works with.
struct Pass {
    let parameters: UnsafePointer<Float>
    /// Running statistics, which only training writes.
    let state: UnsafeMutablePointer<Float>
    /// Nil in scoring.
    let training: TrainingPass?
    /// In scoring, which latent code to draw; nil takes the mean.
    var draw: LatentDraw?
}

/// What layers need to know of a training step.
struct TrainingPass {
    let seed: UInt64
    let step: Int
    let shard: Int
    /// The rows of the whole batch, of which a shard has a part.
    let batchRowCount: Int

    /// The index of a layer's random stream: distinct for step, shard (below 256) and layer (below
    /// 4,096).
    func streamIndex(ofLayer number: Int) -> Int { step << 20 | shard << 12 | number }
}
