using System.CommandLine;
using ServerlessCqrs.Local.Prerequisites;

namespace ServerlessCqrs.Local.Stack;

/// <summary>The command line of <c>infra/Local</c>.</summary>
internal static class CommandLine
{
    public static RootCommand Create(Func<LocalOptions, CancellationToken, Task<int>> run)
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder for everything that is kept: tables, streams, history, keys, logs.",
            DefaultValueFactory = _ => Path.Combine(RepositoryRoot.Find(), ".local"),
        };
        var port = new Option<int>("--port")
        {
            Description = "Port of the edge; the other parts take the ones after it. 0 takes free ones.",
            DefaultValueFactory = _ => 8080,
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65_000) result.AddError("--port takes 0 to 65000.");
        });

        var root = new RootCommand("Runs the whole shop on this machine: edge, API, functions, and the services of AWS they stand on. Ctrl-C ends all of it.") { data, port };
        root.SetAction((result, ct) => run(new LocalOptions(Path.GetFullPath(result.GetRequiredValue(data)), result.GetRequiredValue(port)), ct));
        return root;
    }
}
