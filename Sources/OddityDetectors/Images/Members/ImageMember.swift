public import OddityNeuralNetworks

/// One member of a detector of images: what it learned without its fold.
struct ImageMember: Sendable {
    /// Of pooled images.
    let pixels: ScaledNetwork
    /// What looks at edges and patches; nil where only pixels count.
    let parts: ImageMemberParts?
    /// Of the codes of whole images, or of pooled ones where only pixels count; nil where codes don't count.
    let code: CodeMeasure?

    var histories: ImageTrainingHistory {
        ImageTrainingHistory(
            global: parts?.global.history ?? [],
            pixels: pixels.history,
            patches: parts?.structure.history ?? []
        )
    }
}

/// What a member learned of edges and patches.
struct ImageMemberParts: Sendable {
    /// Of the descriptors of whole images.
    let global: ScaledNetwork
    /// Of structure patches.
    let structure: ScaledNetwork
    /// Of the residuals of structure patches.
    let structureWhitening: Whitening
    /// Of raw patches.
    let raw: Whitening
}

/// The losses of a member's three networks by epoch; where only pixels count, of one.
public struct ImageTrainingHistory: Codable, Sendable, Equatable {
    /// Of the network of whole images.
    public let global: [EpochRecord]
    /// Of the network of pooled pixels.
    public let pixels: [EpochRecord]
    /// Of the network of patches, which has no held-out loss.
    public let patches: [EpochRecord]
}
