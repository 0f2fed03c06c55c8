import { useEffect, useState, type ReactNode } from "react";
import type { WorkPlan } from "../../model/work-plan.ts";
import { Dialog } from "../dialog/dialog.tsx";
import { Icon } from "../icons/icon.tsx";
import { useSession } from "../session-context.ts";
import { useWorkbench } from "../workbench.ts";
import { PlanList } from "./plan-list.tsx";
import { estimateWords, planSummary } from "./plan-rows.ts";
import "./plan.css";

/** Shows what a build would do with the folder as it is now. */
export function PlanDialog(): ReactNode {
  const session = useSession();
  const { act } = useWorkbench();
  const plan = useWorkPlan();
  const close = () => act({ type: "overlay", overlay: null });
  const build = () => {
    void session.build();
    close();
  };
  return (
    <Dialog label="Dry run" className="plan-dialog" onClose={close}>
      <div className="dialog-body plan-body">
        <h2>What a build would do</h2>
        <div role="status" className="plan-summary">
          <PlanWords plan={plan} />
        </div>
        {plan !== undefined && plan !== "none" && plan.tasks.length > 0 && <PlanList plan={plan} />}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={close}>
            Close
          </button>
          <button type="button" className="button button-primary" onClick={build}>
            <Icon name="build" />
            Build
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function PlanWords({ plan }: { readonly plan: WorkPlan | "none" | undefined }): ReactNode {
  if (plan === undefined) return <p>Looking at the folder…</p>;
  if (plan === "none") return <p>There is no answer now.</p>;
  const estimate = estimateWords(plan);
  return (
    <>
      <p>{planSummary(plan)}</p>
      {estimate !== undefined && <p className="numeric">{estimate}</p>}
    </>
  );
}

/** `undefined` while the folder is looked at. */
function useWorkPlan(): WorkPlan | "none" | undefined {
  const session = useSession();
  const [plan, setPlan] = useState<WorkPlan | "none">();
  useEffect(() => {
    let isShown = true;
    void session.plan().then((found) => {
      if (isShown) setPlan(found ?? "none");
    });
    return () => {
      isShown = false;
    };
  }, [session]);
  return plan;
}
