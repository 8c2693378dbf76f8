using System.CommandLine;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operating.Commands;
using ServerlessCqrs.Shop.Orders;

namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// <c>import orders FILE</c>: places orders, each as its customer. They are processed like any other order, with the
/// current stock, prices and rules.
/// </summary>
internal static class ImportOrdersCommand
{
    private static readonly Argument<string> File =
        Values.TextOf("FILE").Argument("A YAML list of orders: id, customer, items (each a productId and a quantity).");

    public static Command Create(OperatedSystem system)
    {
        // An order of an unknown product ends only when its reservation window is over.
        var options = new ImportOptions(system, patienceSeconds: 60 + (int)OrderLimits.ReservationWindow.TotalSeconds);
        var command = new Command("orders", "Places orders at today's stock, prices and rules. Waits until each is confirmed, held or rejected. Run it again to resume.") { File };
        options.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(parsed, options, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ImportOptions options, CancellationToken ct)
    {
        var file = new ImportFile<SoldOrder>(parsed.GetRequiredValue(File), SoldOrder.Map, SoldOrder.LeftOut);
        using var run = await options.OpenAsync(parsed, "orders", file.Survey(), ct);
        var settlement = new Settlement(run.Stack.Streams);
        var code = await run.ToTheEndAsync(file.Items().Select(order => order.ToRecord(TimeProvider.System.GetUtcNow())).ToAsyncEnumerable(), settlement, ct);
        run.Screen.Show(settlement.Ends);
        return code;
    }
}
