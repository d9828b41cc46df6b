/// Where a detector comes from.
public struct Provenance: Codable, Sendable, Equatable {
    /// The release that fitted it.
    public let producer: String
    /// The name of the data it was fitted to; nil for data in memory.
    public var source: String?
    /// The number of rows, images or steps it was fitted to.
    public let trainingCount: Int
    /// The number of rows, images or steps that stood so far out that nothing was learned from them; they are not
    /// among ``trainingCount``.
    public var leftOutCount: Int
    /// The number of groups that the images were of, each held out as a whole; nil without groups.
    public let groupCount: Int?

    init(
        producer: String = oddityProducer,
        source: String? = nil,
        trainingCount: Int,
        leftOutCount: Int = 0,
        groupCount: Int? = nil
    ) {
        self.groupCount = groupCount
        self.leftOutCount = leftOutCount
        self.producer = producer
        self.source = source
        self.trainingCount = trainingCount
    }
}
