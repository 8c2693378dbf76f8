namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>What a newcomer reads when the stack is ready. It fits a terminal of 80 columns and 24 lines.</summary>
internal static class Welcome
{
    /// <param name="commands">Commands to try.</param>
    /// <param name="folder">The data folder as the reader would type it: <see cref="FolderFrom"/>.</param>
    /// <param name="hasPage">Whether the edge serves a page besides the API.</param>
    public static string Text(ReadyFile ready, TimeSpan startup, string folder, string commands, bool hasPage) => $$"""

        The stack is ready ({{startup.TotalSeconds:0.0}} s). Ctrl-C stops it.

          edge      {{ready.Edge,-34}} {{(hasPage ? "the page, and the API behind it" : "the API; it caches reads")}}
          API       {{ready.Edge + "docs",-34}} every route, to try in a browser
        {{(ready.Console is { } console ? $"  console   {console,-34}\n" : "")}}  mail      {{ready.Mail,-34}} mails that were sent
          tokens    {{ready.Identity + "token",-34}} POST a form: sub, email, group
          data      {{folder,-34}} logs are in {{folder}}logs/

        {{commands}}
        """;

    /// <summary>What a stack that ends leaves behind.</summary>
    public static string Farewell(string folder) => $"Stopped. {folder} keeps the data for the next start, except mails and queued messages.";

    /// <summary>The folder, relative to the current one if it is inside, with a slash at its end.</summary>
    public static string FolderFrom(string current, string folder)
    {
        var relative = Path.GetRelativePath(current, folder);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? folder : relative) + Path.DirectorySeparatorChar;
    }
}
