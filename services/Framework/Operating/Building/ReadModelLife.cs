using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Routing;

namespace ServerlessCqrs.Operating.Building;

/// <summary>Wakes a version of a read model before its build, and retires it.</summary>
internal sealed class ReadModelLife(OperatedStack stack, TimeProvider time)
{
    /// <summary>Lets events flow into a version. Returns false where they did so already.</summary>
    public async Task<bool> WakeAsync(ReadModel model, CancellationToken ct)
    {
        if ((await stack.Live.NowAsync(ct)).Models.Contains(model)) return false;
        await stack.Journal.WriteAsync([new Operation(time.GetUtcMilliseconds(), OperatedStack.Operator, "wake", model.Name, Why: null)], ct);
        await stack.BuildOf(model).RestartAsync(BuildScope.Everything, ct);
        await stack.States.SetAsync(model.Name, ReadModelState.Alive, ct);
        // A process that has not heard of it yet projects past it; the log has these events before this wait is over.
        await Task.Delay(2 * LiveReadModels.Fresh, time, ct);
        return true;
    }

    /// <summary>Deletes a version's items and puts it to sleep. Returns how many items there were.</summary>
    /// <exception cref="OperatorException">It answers somebody; the message says what to do.</exception>
    public async Task<long> RetireAsync(ReadModel model, CancellationToken ct)
    {
        await stack.RouteDesk.ReleaseAsync(model, ct);
        // Until then a process may still read it or wait for it.
        await Task.Delay(2 * CurrentRoutes.Fresh, time, ct);
        await stack.BuildOf(model).RestartAsync(BuildScope.Everything, ct);
        await stack.States.SetAsync(model.Name, ReadModelState.Asleep, ct);
        // Until then a process may still write to it.
        await Task.Delay(2 * LiveReadModels.Fresh, time, ct);
        var items = 0L;
        foreach (var table in stack.TablesOf(model))
            items += await new TableEmptying(stack.DynamoDb).RunAsync(table, stack.Names[table], ct);
        return items;
    }
}
