using System.CommandLine;
using ServerlessCqrs.Operator.Building;
using ServerlessCqrs.Operator.Routing;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Routing;

namespace ServerlessCqrs.Operator.Commands;

/// <summary><c>readmodel list | build | compare | route | retire</c>: the life of a read model's version beside another.</summary>
internal static class ReadModelCommand
{
    private static readonly Argument<string> Name = Values.TextOf("NAME").Argument("For example products.");
    private static readonly Argument<string> Version = Values.TextOf("VERSION").Argument("For example v2.");
    private static readonly Option<string?> Category = Values.Category.Option("--category", "Only the streams of this category.");
    private static readonly Option<DateTimeOffset?> Since = Values.Time.Option("--since", "Only streams with an event at this time or later.");
    private static readonly Option<double?> Rate = Values.Rate.Option("--rate", "Write at most this many items a second.");
    private static readonly Option<bool> Restart = new("--restart") { Description = "Start from the beginning instead of resuming." };
    private static readonly Option<string?> With = Values.TextOf("VERSION").Option("--with", "Also show the differences from this version.");
    private static readonly Option<int> Percent = Values.Whole("P", 0, ReadModelRoute.Buckets).Option("--percent", "How many of the 100 buckets of segments get this version, lowest first. So 20 includes all segments of 10. With 100, everybody gets it.", otherwise: 0);
    private static readonly Option<string[]> Segment = Values.Segment.Repeated(
        "--segment",
        "A segment that gets this version at any percentage. Repeat the option for several. The edge knows only the 100 buckets, so all segments of its bucket get it too.");

    public static Command Create() => new("readmodel", "Builds, compares, routes and retires versions of read models.")
    {
        new Command("list", "Lists all read models: state, streams, and readers.").OnStack(ListAsync),
        new Command("build", "Wakes a version, so that it gets new events, and fills it from the log. Run it again to resume. It sends no mail and invalidates nothing.") { Name, Version, Category, Since, Rate, Restart }.OnStack(BuildAsync),
        new Command("compare", "Compares every item with the fold of its stream. Exits with 1 if one differs.") { Name, Version, With }.OnStack(CompareAsync),
        CreateRoute(),
        new Command("retire", "Deletes a version's items and puts it to sleep. Refused while the version has readers. To undo: build it, then readmodel route back NAME.") { Name, Version }.OnStack(RetireAsync),
    };

    private static Command CreateRoute()
    {
        var route = new Command("route", "Routes some or all readers to a built version. Assignment is sticky per segment, which clients name in Shop-Segment. Requests without a segment get the first version until --percent is 100. Each call replaces the previous routing. It takes effect within 2 seconds; the edge may keep a product for 10 s and a list for 5 s.") { Name, Version, Percent, Segment }.OnStack(RouteAsync);
        route.Add(new Command("back", "Routes all readers back to the first version. The other version keeps getting events.") { Name }.OnStack(BackAsync));
        return route;
    }

    private static ReadModel Find(ParseResult parsed, ShopStack stack) => RebuildCommand.Find(stack, $"{parsed.GetValue(Name)}-{parsed.GetValue(Version)}");

    private static async Task<int> ListAsync(ParseResult parsed, ShopStack stack, CancellationToken ct)
    {
        var alive = (await stack.Live.NowAsync(ct)).Models;
        var answers = await stack.RouteDesk.ListAsync(ct);
        foreach (var model in stack.Models.Models)
            Console.WriteLine($"{model.Name}  {(alive.Contains(model) ? "alive" : "asleep")}  follows {string.Join(", ", model.Followers.Select(follower => follower.Category))}{(answers.TryGetValue(model, out var whom) ? $"  answers {whom}" : "")}");
        return ExitCodes.Good;
    }

    private static async Task<int> BuildAsync(ParseResult parsed, ShopStack stack, CancellationToken ct)
    {
        var model = Find(parsed, stack);
        var scope = new BuildScope(parsed.GetValue(Category), parsed.GetValue(Since));
        // Checked before the version wakes: a command that is refused leaves everything as it was.
        RebuildCommand.EnsureFollowed(model, scope);
        if (await LifeOf(stack).WakeAsync(model, ct)) Console.WriteLine($"{model.Name} is awake: events flow into it");
        return await RebuildCommand.RunAsync(stack, model, scope, parsed.GetValue(Rate), parsed.GetValue(Restart), ct);
    }

    private static async Task<int> CompareAsync(ParseResult parsed, ShopStack stack, CancellationToken ct)
    {
        var model = Find(parsed, stack);
        var beside = parsed.GetValue(With) is { } version ? RebuildCommand.Find(stack, $"{parsed.GetValue(Name)}-{version}") : null;
        var report = await new ReadModelComparison(model, beside, stack.History, stack.Streams, TimeProvider.System).RunAsync(_ => { }, ct);
        foreach (var line in Tell(model, beside, report)) Console.WriteLine(line);
        return report.IsClean ? ExitCodes.Good : ExitCodes.NotGood;
    }

    public static IEnumerable<string> Tell(ReadModel model, ReadModel? beside, ComparisonReport report)
    {
        foreach (var (stream, text) in report.First) yield return $"  {stream}: {text}";
        foreach (var (change, items) in report.BesideIt) yield return $"  {change}, in {items:N0} items, than in {beside!.Name}";
        yield return $"{model.Name}: {report.Items:N0} items, {report.Differing:N0} are not the fold of their streams, {report.Missing:N0} are missing, {report.OnTheWay:N0} were on their way: {(report.IsClean ? "clean" : "not clean")}";
    }

    private static async Task<int> RetireAsync(ParseResult parsed, ShopStack stack, CancellationToken ct)
    {
        var model = Find(parsed, stack);
        var items = await LifeOf(stack).RetireAsync(model, ct);
        Console.WriteLine($"{model.Name} is asleep, and its {items:N0} items are gone");
        return ExitCodes.Good;
    }

    private static async Task<int> RouteAsync(ParseResult parsed, ShopStack stack, CancellationToken ct)
    {
        if (parsed.GetResult(Segment) is null && parsed.GetValue(Percent) == 0)
            throw new OperatorException($"No reader would get it. Give --percent or --segment. To end a route, use readmodel route back {parsed.GetValue(Name)}.");
        var route = await stack.RouteDesk.RouteAsync(parsed.GetValue(Name)!, parsed.GetValue(Version)!, parsed.GetValue(Percent), parsed.GetValue(Segment) ?? [], ct);
        Console.WriteLine($"{route.Model} answers {route}: everywhere within {CurrentRoutes.Fresh.TotalSeconds} s, except for copies at the edge");
        return ExitCodes.Good;
    }

    private static async Task<int> BackAsync(ParseResult parsed, ShopStack stack, CancellationToken ct)
    {
        var (name, ended) = (parsed.GetValue(Name)!, await stack.RouteDesk.BackAsync(parsed.GetValue(Name)!, ct));
        Console.WriteLine(ended is null ? $"{name} is answered by its first version already" : $"{ended.Model} answers nobody: everywhere within {CurrentRoutes.Fresh.TotalSeconds} s, except for copies at the edge");
        return ExitCodes.Good;
    }

    private static ReadModelLife LifeOf(ShopStack stack) => new(stack, TimeProvider.System);
}
