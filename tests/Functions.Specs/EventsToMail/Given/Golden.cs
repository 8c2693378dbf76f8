using System.Runtime.CompilerServices;

namespace ServerlessCqrs.Functions.Specs.EventsToMail.Given;

/// <summary>The approved mails in the folder <c>Golden</c>. Change the file when you change a mail.</summary>
internal static class Golden
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Here())!, "..", "Golden");

    public static IEnumerable<string> All => Directory.GetFiles(Folder).Select(File.ReadAllText);

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    private static string Here([CallerFilePath] string path = "") => path;
}
