using System.Runtime.CompilerServices;

namespace ServerlessCqrs.Functions.Specs.EventsToMail.Given;

/// <summary>The approved mails in the folder <c>Golden</c>. Change the file when you change a mail.</summary>
internal static class Golden
{
    public static string Read(string name, [CallerFilePath] string here = "") => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Golden", name));
}
