using Amazon.CDK.AWS.Lambda;

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

    /// <exception cref="DirectoryNotFoundException">The program is not published; the message says how to publish
    /// it.</exception>
    public Code CodeOf(Topology.Program program) => File.Exists(Path.Combine(FolderOf(program), $"{EntryOf(program)}.dll"))
        ? Code.FromAsset(FolderOf(program))
        : throw new DirectoryNotFoundException($"{program.Name} is not published yet: dotnet run --project {Project} -- publish");
}
