/// The signs and codes of money that may stand before a number.
enum Currency {
    private static let texts: [[UInt8]] =
        [
            "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₴", "₫", "₦", "฿", "₪", "₱", "₡", "₲", "₵",
            "₸", "₼", "₾",
            "¢", "¤", "US$", "R$", "A$", "AU$", "C$", "CA$", "NZ$", "HK$", "S$", "NT$", "MX$", "Rs",
            "Rs.", "Rp",
            "Rp.", "RM", "kr", "kr.", "Kr", "Kč", "zł", "Ft", "lei", "Lei", "лв", "руб", "руб.",
            "Fr", "Fr.", "fr.",
            "SFr.", "EUR", "USD", "GBP", "JPY", "CHF", "CAD", "AUD", "NZD", "CNY", "RMB", "INR",
            "BRL", "MXN",
            "RUB", "KRW", "TRY", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN",
            "ILS", "ZAR",
            "SGD", "HKD", "TWD", "THB", "IDR", "MYR", "PHP", "VND", "AED", "SAR", "EGP", "NGN",
            "KES", "ARS",
            "CLP", "COP", "PEN", "UAH", "KZT", "PKR", "BDT",
        ].map { Array($0.utf8) }

    /// Whether a text is a sign or a code of money.
    static func isKnown(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        texts.contains { $0.elementsEqual(text) }
    }

    /// Whether a text is a sign or a code of money.
    static func isKnown(_ text: String) -> Bool { texts.contains(Array(text.utf8)) }
}
