internal import OddityPreprocessing

/// What the features of each column are, as far as expectations must know.
struct FeatureLayout: Sendable {
    /// A column's features.
    enum Kind: Sendable {
        /// None: the column never changed.
        case watched
        /// A number's own feature, the indicator of missing values, or both.
        case number(value: Int?, indicator: Int?)
        /// One feature a level.
        case levels(Range<Int>)
        /// The numbers of the code of a level.
        case code(Range<Int>)
        /// Several numbers that together say one thing, such as where a time is in the calendar.
        case numbers(Range<Int>)
    }

    let kinds: [Kind]
    let featureCount: Int
    /// The features that are numbers themselves, ascending.
    let values: [Int]
    /// For each column its features.
    let ranges: [Range<Int>]

    init(_ preparer: TablePreparer) {
        ranges = preparer.columns.indices.map(preparer.features(ofColumn:))
        kinds = zip(preparer.columns, ranges).map { column, range in
            guard !range.isEmpty else { return .watched }
            switch column.encoder {
            case .categorical(let encoder):
                return encoder.codeLength == nil ? .levels(range) : .code(range)
            case .calendar: return .numbers(range)
            case .numeric(let encoder):
                let hasValue = encoder.content == .varying
                return .number(
                    value: hasValue ? range.lowerBound : nil,
                    indicator: encoder.indicator == nil
                        ? nil : range.lowerBound + (hasValue ? 1 : 0)
                )
            }
        }
        values = kinds.flatMap { kind -> [Int] in
            switch kind {
            case .number(let value?, _): [value]
            case .numbers(let range): Array(range)
            case .number, .levels, .code, .watched: []
            }
        }
        featureCount = preparer.featureCount
    }
}

/// The levels of a category as expectations need them.
struct LevelCodes: Sendable {
    let features: Range<Int>
    /// The share of each level in training.
    let shares: [Double]
    private let centers: [Double]
    private let scale: Double

    init(_ encoder: CategoricalEncoder, features: Range<Int>) {
        self.features = features
        shares = encoder.shares
        centers = encoder.centers
        scale = encoder.scale
    }

    var count: Int { shares.count }

    /// The feature of a level for a row that holds it with a probability.
    func feature(_ level: Int, probability: Double) -> Double {
        (probability - centers[level]) / scale
    }

    /// The features of a row that holds a level.
    func code(of level: Int) -> [Double] {
        (0..<count).map { feature($0, probability: $0 == level ? 1 : 0) }
    }

    /// The level that a row holds; nil if none, as where it was never seen.
    func level(in features: UnsafePointer<Float>) -> Int? {
        let own = features + self.features.lowerBound
        return (0..<count).first { Double(own[$0]) > feature($0, probability: 0.5) }
    }

    /// What a unit of a level's logit is in units of its feature.
    var unit: Double { scale }
}
