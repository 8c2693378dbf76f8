using System.Reflection;

namespace ServerlessCqrs.Cdk;

/// <summary>The scripts that are built into this program.</summary>
internal static class EmbeddedText
{
    public static string Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
