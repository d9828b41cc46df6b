internal import OddityDatasets
internal import OddityDetectors
internal import OddityRecords

/// The options of a fit, as a JSON object: those of `oddity fit`, with underscores.
///
/// What is not given has the default of `oddity fit`; `null` counts as not given.
struct FitConfiguration {
    let options: Options<FitOption>
    /// What is fitted to.
    let kind: FitKind
    /// The share of normal rows that may raise an alarm.
    let falseAlarmRate: Double
    /// Threads to use.
    let threadCount: Int
    /// The bytes that the fit may take; nil for half of what is free.
    let memory: Int?
    /// The name of the data, for the model.
    let source: String?

    /// Reads a configuration of a fit to a table: to a series, if an option of series says so.
    ///
    /// - Parameter configuration: JSON; nil for all defaults.
    /// - Throws: ``InvalidArgument`` naming the option that cannot be used.
    init(ofTable configuration: UnsafePointer<CChar>?) throws {
        let options = try Options<FitOption>(configuration)
        let isSeries =
            try options.text(.time) != nil || options.text(.entity) != nil
            || options.flag(.series) == true
        try self.init(options, isSeries ? .series : .rows)
    }

    /// Reads a configuration of a fit to images.
    ///
    /// - Throws: ``InvalidArgument`` naming the option that cannot be used.
    init(ofImages configuration: UnsafePointer<CChar>?) throws {
        try self.init(Options<FitOption>(configuration), .images)
    }

    private init(_ options: Options<FitOption>, _ kind: FitKind) throws {
        for option in FitOption.allCases where options.value(option) != nil {
            guard let other = option.isFor(kind) else { continue }
            throw InvalidArgument("option \(option.rawValue) is for \(other)")
        }
        (self.options, self.kind) = (options, kind)
        falseAlarmRate = try options.number(.falseAlarmRate) ?? 0.01
        guard falseAlarmRate > 0, falseAlarmRate < 1 else {
            throw options.invalid(.falseAlarmRate, "a rate above 0 and below 1, such as 0.01")
        }
        threadCount = try threads(Int32(clamping: options.integer(.threads) ?? 0))
        memory = try options.integer(.memory)
        source = try options.text(.source)
    }

    /// Where all random numbers come from; nil for the default.
    var seed: UInt64? {
        get throws {
            try options.integer(.seed).map { seed in
                guard let seed = UInt64(exactly: seed) else {
                    throw options.invalid(.seed, "a whole number from 0 up")
                }
                return seed
            }
        }
    }
}
