/**
 * Addresses → screens. Whoever is not signed in signs in first, and comes to the screen that was asked for. Each screen is loaded when it is
 * first needed.
 */
import { lazy, type ReactNode, Suspense } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { useSession } from './api/session.js'
import { Join } from './entry/join.js'
import { SignIn } from './entry/sign-in.js'
import { Frame } from './parts/frame.js'
import { LateScreen } from './parts/late-screen.js'
import { Trouble } from './parts/trouble.js'
import { Wait } from './parts/wait.js'
import { review } from './review/late-review.js'

const Upload = lazy(() => import('./archive/upload.js').then(({ Upload }) => ({ default: Upload })))
const Reports = lazy(() => import('./archive/reports.js').then(({ Reports }) => ({ default: Reports })))
const Coverage = lazy(() => import('./archive/coverage.js').then(({ Coverage }) => ({ default: Coverage })))
const Batch = lazy(() => import('./archive/batch.js').then(({ Batch }) => ({ default: Batch })))
const Queue = lazy(() => import('./review/queue.js').then(({ Queue }) => ({ default: Queue })))
const Organ = lazy(() => import('./organs/organ.js').then(({ Organ }) => ({ default: Organ })))
const Organs = lazy(() => import('./organs/organs.js').then(({ Organs }) => ({ default: Organs })))
const Overview = lazy(() => import('./overview/overview.js').then(({ Overview }) => ({ default: Overview })))
const Settings = lazy(() => import('./settings/settings.js').then(({ Settings }) => ({ default: Settings })))
const People = lazy(() => import('./settings/people.js').then(({ People }) => ({ default: People })))
const Keys = lazy(() => import('./settings/keys.js').then(({ Keys }) => ({ default: Keys })))

export function Screens() {
  const [address] = useLocation()
  return (
    <Trouble place={address}>
      <Switch>
        <Route path="/join" component={Join} />
        <Route>
          <ForPeople />
        </Route>
      </Switch>
    </Trouble>
  )
}

function ForPeople() {
  const { data: who, isPending, error } = useSession()
  if (isPending) return <Wait />
  if (error !== null) throw error
  if (who === null) return <SignIn />
  return (
    <Switch>
      <Route path="/review/:document">
        {({ document }) => (
          <Suspense fallback={<Wait />}>
            <LateScreen screen={review} given={{ document, who }} />
          </Suspense>
        )}
      </Route>
      <Route>
        <Frame who={who}>
          <InFrame>
            <Switch>
              <Route path="/archive/upload">
                <Upload who={who} />
              </Route>
              <Route path="/archive/reports">
                <Reports who={who} />
              </Route>
              <Route path="/archive/coverage" component={Coverage} />
              <Route path="/batches/:id">{({ id }) => <Batch id={id} />}</Route>
              <Route path="/review">
                <Queue who={who} />
              </Route>
              <Route path="/organs" component={Organs} />
              <Route path="/organs/:id">{({ id }) => <Organ id={id} />}</Route>
              <Route path="/overview" component={Overview} />
              <Route path="/settings">
                <Settings who={who} />
              </Route>
              <Route path="/admin/people" component={People} />
              <Route path="/admin/keys" component={Keys} />
              <Route>
                <Redirect to={who.scopes.includes('review') ? '/review' : '/archive/reports'} replace />
              </Route>
            </Switch>
          </InFrame>
        </Frame>
      </Route>
    </Switch>
  )
}

/** A screen in trouble leaves the way to the others open. */
function InFrame({ children }: { readonly children: ReactNode }) {
  const [address] = useLocation()
  return (
    <Trouble place={address}>
      <Suspense fallback={<Wait />}>{children}</Suspense>
    </Trouble>
  )
}
