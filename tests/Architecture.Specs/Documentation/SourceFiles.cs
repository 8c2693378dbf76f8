namespace ServerlessCqrs.Architecture.Specs.Documentation;

/// <summary>C# files that people write.</summary>
internal static class SourceFiles
{
    public static IEnumerable<string> Of(string folder) =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder))
            .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.TopDirectoryOnly)
                .Concat(Directory.EnumerateDirectories(project)
                    .Where(inner => Path.GetFileName(inner) is not ("bin" or "obj"))
                    .SelectMany(inner => Directory.EnumerateFiles(inner, "*.cs", SearchOption.AllDirectories))));
}
