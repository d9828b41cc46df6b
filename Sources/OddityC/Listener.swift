internal import COddityInterface
internal import OddityDetectors
internal import OddityRecords

/// What a program in C wants to be told of a fit.
struct Listener: @unchecked Sendable {
    // The program says that its functions may be called by any thread.
    private let functions: oddity_listener

    init(_ functions: oddity_listener) { self.functions = functions }

    /// Tells of an epoch.
    ///
    /// - Throws: ``Cancelled`` where the program does not want to go on.
    @Sendable func report(_ news: FittingProgress) throws {
        guard let progress = functions.progress else { return }
        var told = oddity_progress(
            member: Int32(clamping: news.member),
            member_count: Int32(clamping: news.memberCount),
            epoch: Int32(clamping: news.epoch),
            epoch_count: Int32(clamping: news.epochCount),
            training_loss: news.trainingLoss,
            held_out_loss: news.heldOutLoss
        )
        guard progress(functions.context, &told) else { throw Cancelled() }
    }

    /// Tells something that a person should know.
    func note(_ text: String) {
        functions.note?(functions.context, text)
    }

    /// Tells that no anomaly can be found at the rate that was asked for, where that is so.
    func note(_ unreachable: UnreachableRate?) {
        guard let unreachable else { return }
        let count = unreachable.neededCount.map { "at least \(grouped($0)) of them, or " } ?? ""
        note("\(unreachable.text); give \(count)a higher false_alarm_rate")
    }
}
