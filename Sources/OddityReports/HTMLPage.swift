/// A page that needs nothing but itself.
struct HTMLPage {
    var title: String
    /// Markup that is safe already.
    var body: String
    /// A script that needs nothing but the page, and is XML too; none where it is empty.
    var script = ""

    /// The whole file.
    var text: String {
        """
        <!DOCTYPE html>
        <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>\(Markup.escape(title))</title>
        <style>
        \(PageStyle.rules)
        </style>
        </head>
        <body>
        <main>
        \(body)
        </main>\(script.isEmpty ? "" : "\n<script>\n\(script)\n</script>")
        </body>
        </html>

        """
    }
}
