using System.CommandLine;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>The command line of a local stack.</summary>
internal static class CommandLine
{
    /// <summary>An argument such as @x names no file with arguments.</summary>
    public static ParseResult Parse(IReadOnlyList<string> args, SystemTopology system, LocalDemo? demo, Func<LocalOptions, CancellationToken, Task<int>> run) =>
        Create(system, demo, run).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    private static RootCommand Create(SystemTopology system, LocalDemo? demo, Func<LocalOptions, CancellationToken, Task<int>> run)
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder for all data: tables, streams, history, keys, logs.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => Path.Combine(RepositoryRoot.Find(), ".local"),
        };
        data.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var folder }] && string.IsNullOrWhiteSpace(folder)) result.AddError("--data takes a folder, not an empty text.");
        });
        var port = new Option<int>("--port")
        {
            Description = "Port of the edge. The other parts use the next ports. 0 uses free ports.",
            HelpName = "N",
            DefaultValueFactory = _ => 8080,
            CustomParser = Number.Between(0, 65_000),
        };
        var cors = new Option<string[]>("--cors")
        {
            Description = "An origin of web pages that may call the API, or *. Repeat it for several.",
            HelpName = "ORIGIN",
            DefaultValueFactory = _ => [.. LocalOptions.DevelopmentOrigins],
        };
        cors.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !IsOrigin(token.Value)))
                result.AddError($"'{token.Value}' is not an origin. Give scheme, host and port, for example http://localhost:5173, or *.");
        });

        var noConsole = new Option<bool>("--no-console") { Description = "Leaves out the operators' console." };
        var root = new RootCommand($"Runs the whole {system.Name} on this machine: edge, API, functions, and local versions of the AWS services. Ctrl-C stops everything.") { data, port, cors, noConsole };
        var withDemo = new Option<bool>("--demo") { Description = "Runs invented users against the stack, so that there is something to see." };
        if (demo is not null) root.Options.Add(withDemo);
        root.SetAction((result, ct) => run(
            new LocalOptions(Path.GetFullPath(result.GetRequiredValue(data)), result.GetRequiredValue(port))
            {
                CorsOrigins = result.GetRequiredValue(cors),
                WithDemo = demo is not null && result.GetValue(withDemo),
                Console = !result.GetValue(noConsole),
            },
            ct));
        return root;
    }

    /// <summary>As browsers send it in <c>Origin</c>: without a path, and without a port that the scheme implies (Fetch standard, "Origin header").</summary>
    private static bool IsOrigin(string text) =>
        text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text);
}
