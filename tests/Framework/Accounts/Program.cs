using ServerlessCqrs.Accounts;
using ServerlessCqrs.LocalRuntime.Stack;

// Each service and function of the topology is this program, and its settings say which. Without them, it runs the local stack.
return Environment.GetEnvironmentVariable(AccountTopology.ProgramSetting) switch
{
    nameof(AccountTopology.CommandApi) => await AccountServices.RunCommandApiAsync(args),
    nameof(AccountTopology.QueryApi) => await AccountServices.RunQueryApiAsync(args),
    nameof(AccountTopology.CommandsToEvents) => await AccountFunctions.RunCommandsToEventsAsync(args),
    nameof(AccountTopology.EventsToReadModels) => await AccountFunctions.RunEventsToReadModelsAsync(args),
    _ => await LocalStack.RunAsync(args, AccountTopology.All, AccountViews.Additions),
};
