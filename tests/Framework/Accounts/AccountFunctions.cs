using ServerlessCqrs.Functions.ReadModels;
using ServerlessCqrs.Functions.Writing;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Accounts;

/// <summary>The bank's two functions.</summary>
internal static class AccountFunctions
{
    public static Task<int> RunCommandsToEventsAsync(string[] args) => FunctionHost.RunAsync(args, function =>
        function.Services.AddWritePath(function.Configuration, AccountDomain.Instance));

    public static Task<int> RunEventsToReadModelsAsync(string[] args) => FunctionHost.RunAsync(args, function =>
        function.Services.AddReadModelUpdates(
            function.Configuration,
            AccountDomain.Instance,
            AccountViews.All,
            nameof(AccountTopology.EventsToReadModels)));
}
