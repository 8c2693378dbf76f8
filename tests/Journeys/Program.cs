using ServerlessCqrs.Journeys.Chaos;

if (ChaosCommandLine.IsMeant(args)) return await ChaosCommandLine.RunAsync(args);
return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, ServerlessCqrs.Journeys.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
