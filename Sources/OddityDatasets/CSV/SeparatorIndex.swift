internal import COddityKernels

/// Where bytes stand that may end a field or open a quoted one: many are looked at in one step, which is much faster
/// than going over them one by one.
///
/// A stretch of the buffer is looked at in advance, and anew when the buffer's bytes have moved.
struct SeparatorIndex: ~Copyable {
    /// The bytes that are looked at in one go: few enough that their positions stay in the nearest cache.
    private static let stretch = 8 << 10

    /// The positions, in order, of the stretch.
    let positions: UnsafeMutablePointer<UInt32>
    private(set) var count = 0
    /// The first position at or behind ``origin``.
    private(set) var next = 0
    private var origin = 0
    /// Where the stretch begins and ends; nothing is known where it begins behind all bytes.
    private var (start, end) = (Int.max, 0)

    init() {
        positions = .allocate(capacity: Self.stretch + 8)
    }

    deinit {
        positions.deallocate()
    }

    /// Forgets all positions, as the bytes have moved or are to be split otherwise.
    mutating func reset() {
        start = .max
    }

    /// Goes to the first separator at or behind a place.
    mutating func move(to place: Int) {
        if place < start || place > end {
            (count, next, start, end) = (0, 0, place, place)
        } else {
            if place < origin { next = 0 }
            while next < count, positions[next] < place { next += 1 }
        }
        origin = place
    }

    /// Goes on to a place in front of a separator that is known.
    @inline(__always)
    mutating func move(to place: Int, next: Int) {
        (origin, self.next) = (place, next)
    }

    /// Looks at the next stretch that has separators; false where the bytes end.
    mutating func extend(
        over bytes: UnsafePointer<UInt8>,
        to limit: Int,
        delimiter: UInt8
    ) -> Bool {
        repeat {
            guard end < limit else { return false }
            (start, end) = (end, min(limit, end + Self.stretch))
            count = oddity_find_separators(bytes, start, end, delimiter, positions)
        } while count == 0
        (origin, next) = (start, 0)
        return true
    }
}
