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

    /// Computes gradients, after a training pass on the same input.
    ///
    /// - Parameters:
    ///   - input: what ``forward(_:rowCount:pass:)`` was given.
    ///   - gradient: the loss's gradient by ``output``; it is overwritten.
    ///   - inputGradient: where the gradient by the input goes, nil when nobody needs it.
    ///   - gradients: the flat gradient buffer. A layer overwrites its own part.
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
}

/// What one pass through the layers works with.
struct Pass {
    let parameters: UnsafePointer<Float>
    /// Running statistics, which only training writes.
    let state: UnsafeMutablePointer<Float>
    /// Nil in scoring.
    let training: TrainingPass?
}

/// What random layers need to know of a training step.
struct TrainingPass {
    let seed: UInt64
    let step: Int
    let shard: Int
}
