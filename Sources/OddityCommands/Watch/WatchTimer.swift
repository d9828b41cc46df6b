/// When watch has to do something though nothing comes.
struct WatchTimer {
    private let silence: Double?
    private let saving: Double?
    private var lastBytes = ContinuousClock.now
    private var lastSave = ContinuousClock.now
    private var hasToldSilence = false
    private var hasNews = false

    /// - Parameters:
    ///   - silence: after how many seconds without bytes to tell of it.
    ///   - saving: how many seconds lie between two savings.
    init(silence: Double?, saving: Double?) {
        self.silence = silence
        self.saving = saving
    }

    /// How long to wait for bytes; nil for ever.
    var patience: Duration? {
        let now = ContinuousClock.now
        var waits: [Duration] = []
        if let silence, !hasToldSilence { waits.append(lastBytes + .seconds(silence) - now) }
        if let saving, hasNews { waits.append(lastSave + .seconds(saving) - now) }
        return waits.min().map { max($0, .zero) }
    }

    mutating func bytesCame() {
        hasToldSilence = false
        hasNews = true
        // Asking the time costs less than a row, and is done once for all that came.
        lastBytes = .now
    }

    /// The seconds without bytes, once for each silence.
    var newSilence: Double? {
        mutating get {
            guard let silence, !hasToldSilence, .now - lastBytes >= .seconds(silence) else {
                return nil
            }
            hasToldSilence = true
            return silence
        }
    }

    /// Whether the state is to be kept now.
    var isTimeToSave: Bool {
        mutating get {
            guard let saving, hasNews, .now - lastSave >= .seconds(saving) else { return false }
            lastSave = .now
            hasNews = false
            return true
        }
    }
}
