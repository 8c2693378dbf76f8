using ServerlessCqrs.Journeys.Chaos;

// Chaos for as long as the command line says; anything else is for the test runner.
if (ChaosCommandLine.TryRead(args) is { } chaos) return await chaos.ExecuteAsync();
return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, ServerlessCqrs.Journeys.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
