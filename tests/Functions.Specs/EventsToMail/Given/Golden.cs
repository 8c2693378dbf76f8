using System.Runtime.CompilerServices;

namespace ServerlessCqrs.Functions.Specs.EventsToMail.Given;

/// <summary>The mails as they were read and found good, in the folder <c>Golden</c>. A mail that is to change changes there as well.</summary>
internal static class Golden
{
    public static string Read(string name, [CallerFilePath] string here = "") => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Golden", name));
}
