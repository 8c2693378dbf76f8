using Amazon.CDK.AWS.Lambda;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>The published programs, each in a folder with its name.</summary>
/// <param name="Project">The deploying program, for the command that publishes them.</param>
public sealed record PublishedPrograms(
    string Folder,
    string Project = "infra/Aws")
{
    public string FolderOf(Topology.Program program) => Path.Combine(Folder, program.Name);

    /// <summary>On the managed .NET runtime, a handler that is only an assembly name runs that assembly.</summary>
    public static string EntryOf(Topology.Program program) => $"ServerlessCqrs.{program.Name}";

    private string PagePlace => Path.Combine(Folder, "Page");

    /// <summary>Returns the code of the function that fills the page's bucket.</summary>
    /// <exception cref="DirectoryNotFoundException">The page is not published; the message says how to publish
    /// it.</exception>
    public string PageFolder() => File.Exists(Path.Combine(PagePlace, "index.mjs"))
        ? PagePlace
        : throw new DirectoryNotFoundException($"The page is not published yet: dotnet run --project {Project} -- publish");

    /// <summary>Writes that function's code, with the built files in its folder <c>site</c>.</summary>
    public void PublishPage(SystemTopology system, string built)
    {
        if (Directory.Exists(PagePlace)) Directory.Delete(PagePlace, recursive: true);
        foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(PagePlace, "site", Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(Path.Combine(PagePlace, "index.mjs"), EmbeddedText.Read("page-files.mjs", system));
    }

    /// <exception cref="DirectoryNotFoundException">The program is not published; the message says how to publish
    /// it.</exception>
    public Code CodeOf(Topology.Program program) => File.Exists(Path.Combine(FolderOf(program), $"{EntryOf(program)}.dll"))
        ? Code.FromAsset(FolderOf(program))
        : throw new DirectoryNotFoundException($"{program.Name} is not published yet: dotnet run --project {Project} -- publish");
}
