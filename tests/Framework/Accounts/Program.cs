using ServerlessCqrs.Accounts;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Operating;

// Each service and function of the topology is this program, and so is the Operator. A setting says which. Without it, the
// program runs the local stack.
return Environment.GetEnvironmentVariable(AccountTopology.ProgramSetting) switch
{
    nameof(AccountTopology.CommandApi) => await AccountServices.RunCommandApiAsync(args),
    nameof(AccountTopology.QueryApi) => await AccountServices.RunQueryApiAsync(args),
    nameof(AccountTopology.CommandsToEvents) => await AccountFunctions.RunCommandsToEventsAsync(args),
    nameof(AccountTopology.EventsToReadModels) => await AccountFunctions.RunEventsToReadModelsAsync(args),
    nameof(AccountOperator) => await OperatorProgram.RunAsync(args, AccountOperator.System),
    _ => await RunLocallyAsync(),
};

async Task<int> RunLocallyAsync()
{
    AccountViews.All.EnsureComplete(AccountDomain.Instance);
    return await LocalStack.RunAsync(args, AccountTopology.All, AccountViews.Additions);
}
